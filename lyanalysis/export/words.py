"""The fixed words of a report page in two languages: contents, labels of exhibits, attachments."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["zh", "en"]
"""Language of a report."""

LANGUAGE_TAG: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en"}
"""BCP 47 tag written into the page and the PDF."""

WORDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "figure": "图",
        "table": "表",
        "contents": "目录",
        "exhibits": "图表目录",
        "skip": "跳到正文",
        "region": "地区",
        "period": "时段",
        "edition": "数据版次",
        "data_date": "最新资料发布于",
        "own_data": "另用自有数据",
        "version": "程序版本",
        "unit": "单位：{unit}",
        "unit_suffix": "（{unit}）",
        "note": "注：{note}",
        "note_mark": "注",
        "download": "下载数据（CSV）",
        "download_label": "下载{label}的数据，CSV 格式",
        "copy": "复制表格",
        "copied": "已复制",
        "copy_failed": "浏览器不允许复制，请选中表格后复制",
        "scroll": "{label}，可左右滚动",
        "table_of_cell": "表格",
        "continued": "（续）",
        "page": "第 {page} 页，共 {pages} 页",
        "attachments": "附：文件内的数据",
        "attachments_how": (
            "下列文件随本 PDF 一并保存。在 Adobe Acrobat、Foxit 或 Firefox 中打开侧栏的"
            "“附件”即可另存；命令行可用 pdfdetach -saveall。"
            "CSV 为 UTF-8 编码，可直接用 Excel 打开，数值未经四舍五入。"
        ),
        "attachment_file": "文件",
        "attachment_content": "内容",
        "attachment_data": "{label}　{caption}（数据）",
        "no_alt": "第 {cell} 个单元输出的图片，作者未提供文字说明",
        "no_image": "〔图片缺失：{name}〕",
        "no_exhibit": "〔没有图表 {id}〕",
        "not_shown": "〔此处的输出无法在文档中显示：{types}〕",
        "formula": "公式",
        "sheet_name": "{kind}{number}",
        "sheet_title": "{label}　{caption}",
        "sheet": "工作表",
        "caption": "标题",
        "back": "返回目录",
        "back_to_text": "返回正文",
        "sources": "来源",
        "notes": "说明",
        "notes_caption": "各图表的资料来源和注释，以及没有数据的图表",
        "note_text": "注释",
        "source_text": "资料来源",
        "no_sheet": "没有数据",
        "workbook_how": "数值未经四舍五入；空单元格为没有数据。",
    },
    "en": {
        "figure": "Figure",
        "table": "Table",
        "contents": "Contents",
        "exhibits": "Figures and tables",
        "skip": "Skip to the report",
        "region": "Region",
        "period": "Period",
        "edition": "Data edition",
        "data_date": "Newest source",
        "own_data": "Own data added",
        "version": "Software version",
        "unit": "Unit: {unit}",
        "unit_suffix": " ({unit})",
        "note": "Note: {note}",
        "note_mark": "Note",
        "download": "Download the data (CSV)",
        "download_label": "Download the data of {label} as CSV",
        "copy": "Copy the table",
        "copied": "Copied",
        "copy_failed": "The browser does not allow it; select the table and copy it",
        "scroll": "{label}, scrolls sideways",
        "table_of_cell": "Table",
        "continued": " (continued)",
        "page": "Page {page} of {pages}",
        "attachments": "Data inside this file",
        "attachments_how": (
            "The files below are stored inside this PDF. Open the attachments panel of Adobe "
            "Acrobat, Foxit or Firefox to save them, or run pdfdetach -saveall. The CSV files are "
            "UTF-8, open directly in Excel, and hold unrounded values."
        ),
        "attachment_file": "File",
        "attachment_content": "Content",
        "attachment_data": "{label}: {caption} (data)",
        "no_alt": "Image shown by cell {cell}; its author gave no description",
        "no_image": "[missing image: {name}]",
        "no_exhibit": "[no exhibit {id}]",
        "not_shown": "[an output that a document cannot show: {types}]",
        "formula": "formula",
        "sheet_name": "{kind} {number}",
        "sheet_title": "{label}  {caption}",
        "sheet": "Sheet",
        "caption": "Caption",
        "back": "Back to contents",
        "back_to_text": "Back to the text",
        "sources": "Sources",
        "notes": "Notes",
        "notes_caption": "Sources and notes of all exhibits, and exhibits without data",
        "note_text": "Note",
        "source_text": "Source",
        "no_sheet": "No data",
        "workbook_how": "Numbers are unrounded; an empty cell means no data.",
    },
}
"""Sentence patterns by language; fields in braces are filled by the exporters."""
