-- Reads {"target": ..., "mark": ..., "sources": [{"format": ..., "text": ...}]} from standard input
-- and writes, for every source, its parts, its images and what pandoc had to say about it. One process
-- serves a whole report: starting pandoc costs more than converting.

local request = pandoc.json.decode(io.read('a'), false)
local target = request.target
local dialects = {
  markdown = 'commonmark+pipe_tables+footnotes+tex_math_dollars+strikeout+task_lists'
    .. '+definition_lists+raw_html',
  html = 'html-native_divs-native_spans',
}
local images
local identifier_prefix = ''

-- "..." and "-?" are other letters in Typst, which pandoc does not know.
local function spelled(element)
  local parts, rest = pandoc.Inlines {}, element.text
  while true do
    local dots, hyphen = rest:find('...', 1, true), rest:find('-?', 1, true)
    local at = math.min(dots or math.huge, hyphen or math.huge)
    if at == math.huge then break end
    parts:insert(pandoc.Str(rest:sub(1, at)))
    parts:insert(pandoc.RawInline('typst', '\\' .. rest:sub(at + 1, at + 1)))
    rest = rest:sub(at + 2)
  end
  if #parts == 0 then return nil end
  if rest ~= '' then parts:insert(pandoc.Str(rest)) end
  return parts
end

local function write(blocks)
  if target == 'typst' then blocks = pandoc.Blocks(blocks):walk { Str = spelled } end
  return pandoc.write(pandoc.Pandoc(blocks), target == 'typst' and 'typst' or 'html5',
    pandoc.WriterOptions {
      wrap_text = 'wrap-none', html_math_method = 'mathml', identifier_prefix = identifier_prefix,
    })
end

-- A Typst string literal.
local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', '\\n'):gsub('\r', '\\r') .. '"'
end

-- Commands of old LaTeX, which pandoc does not know: {\bf x} is \mathbf{x}.
local fonts = { bf = 'mathbf', rm = 'mathrm', it = 'mathit', sf = 'mathsf', tt = 'mathtt', cal = 'mathcal' }
local function modern(text)
  return (text:gsub('{%s*\\(%l+)%s+([^{}]*)}', function(name, content)
    return fonts[name] and '\\' .. fonts[name] .. '{' .. content .. '}'
  end))
end

local function formula(math)
  math.text = modern(math.text)
  if target ~= 'typst' then return math end
  if not math.text:match('%S') then return {} end
  local content = write { pandoc.Para { math } }:gsub('%s+$', '')
  if content:sub(1, 1) ~= '$' then return pandoc.Code(math.text) end
  -- A label has no place inside a call, and a delimiter of matrices is one character.
  content = content:gsub('%$<[^>]*>$', '$'):gsub('delim: "||"', 'delim: "|"')
  local block = tostring(math.mathtype == 'DisplayMath')
  return pandoc.RawInline('typst', '#math.equation(alt: ' .. quoted(math.text) .. ', block: ' ..
    block .. ', ' .. content .. ')')
end

local function link(element)
  local scheme = element.target:match('^(%a[%w+.-]*):')
  if scheme and ({ http = true, https = true, mailto = true })[scheme:lower()] then
    return pandoc.Link(element.content, element.target)
  end
  return element.content
end

local function image(element)
  local alt = pandoc.utils.stringify(element.caption)
  if element.src:match('^%a[%w+.-]*://') or element.src:match('^//') then
    local words = alt ~= '' and alt or element.src
    return pandoc.Link({ pandoc.Str(words) }, element.src)
  end
  images:insert { src = element.src, alt = alt }
  local name = request.mark .. ':' .. #images
  if target == 'typst' then
    return pandoc.RawInline('typst', '#markdown-picture(' .. quoted(name) .. ')')
  end
  return pandoc.Image({}, name)
end

-- Bare addresses become links here: pandoc's own extension takes the Chinese text behind one for
-- part of it.
local function linked(element)
  local before, address, after =
    element.text:match("^(.-)(https?://[%w._~:/?#@!$&'*+,;=%%%-]+)(.*)$")
  if not address then return nil end
  local mark = address:match("[.,;:!?'*]+$") or ''
  address = address:sub(1, #address - #mark)
  local parts = pandoc.Inlines { pandoc.Link({ pandoc.Str(address) }, address) }
  if before ~= '' then parts:insert(1, pandoc.Str(before)) end
  if mark .. after ~= '' then parts:insert(pandoc.Str(mark .. after)) end
  return parts, false
end

local function is_wide(text, first)
  local code = text and utf8.codepoint(text, first and 1 or utf8.offset(text, -1))
  return code and ((code >= 0x2E80 and code <= 0x9FFF) or (code >= 0xF900 and code <= 0xFAFF)
    or (code >= 0xFF00 and code <= 0xFFEF) or code >= 0x20000)
end

-- A line end between two Chinese characters is not a space.
local function join_lines(inlines)
  for i = #inlines - 1, 2, -1 do
    local before, after = inlines[i - 1], inlines[i + 1]
    if inlines[i].t == 'SoftBreak' and before.t == 'Str' and after.t == 'Str'
      and is_wide(before.text, false) and is_wide(after.text, true) then
      inlines:remove(i)
    end
  end
  return inlines
end

local function raw_inline(element)
  if element.format ~= 'html' then return {} end
  local tag = element.text:lower():match('^<%s*(%a+)')
  if tag == 'br' then return pandoc.LineBreak() end
  if tag == 'img' then
    return pandoc.utils.blocks_to_inlines(pandoc.read(element.text, dialects.html).blocks)
  end
  return {}
end

-- Letters set high, low, bold or slanted by tags: the tags come one by one, as raw HTML.
local containers = {
  sub = pandoc.Subscript, sup = pandoc.Superscript, b = pandoc.Strong, strong = pandoc.Strong,
  i = pandoc.Emph, em = pandoc.Emph, s = pandoc.Strikeout, del = pandoc.Strikeout,
}
local function pair_tags(inlines)
  local open = {}
  local i = 1
  while i <= #inlines do
    local raw = inlines[i]
    local slash, tag = '', nil
    if raw.t == 'RawInline' and raw.format == 'html' then
      slash, tag = raw.text:lower():match('^<(/?)(%a+)[^>]*>$')
    end
    if tag and containers[tag] then
      local start = open[#open]
      if slash == '' then
        table.insert(open, { tag = tag, at = i })
      elseif start and start.tag == tag then
        table.remove(open)
        local inner = pandoc.Inlines {}
        for _ = start.at + 1, i - 1 do inner:insert(inlines:remove(start.at + 1)) end
        inlines:remove(start.at + 1)
        inlines[start.at] = containers[tag](inner)
        i = start.at
      end
    end
    i = i + 1
  end
  return inlines
end

local function raw_block(element)
  if element.format ~= 'html' then return {} end
  return pandoc.read(element.text, dialects.html).blocks
end

local function code_block(element)
  local language = element.classes[1] or ''
  if not language:match('^[%w+-]+$') then language = '' end
  if language ~= '' and target ~= 'typst' then language = 'language-' .. language end
  return pandoc.CodeBlock(element.text, pandoc.Attr('', language ~= '' and { language } or {}))
end

local function longest_word(text)
  local longest = ''
  for word in text:gmatch('%S+') do
    -- Chinese may break anywhere, so only the runs of other letters count.
    local runs = word:gsub('\u{200B}', ' '):gsub('[\xE3-\xEF][\x80-\xBF][\x80-\xBF]', ' ')
    for run in runs:gmatch('%S+') do
      if utf8.len(run) and utf8.len(run) > utf8.len(longest) then longest = run end
    end
  end
  return longest
end

-- Rows with every span filled up: a cell covered from the left is `none`, from above it is empty.
local function grid(rows, width)
  local lines, above = {}, {}
  for r, row in ipairs(rows) do
    local line, column = {}, 1
    lines[r] = line
    local function skip()
      while column <= width and (above[column] or 0) > 0 do
        above[column] = above[column] - 1
        line[column] = { content = '[]', text = '' }
        column = column + 1
      end
    end
    for _, cell in ipairs(row.cells) do
      skip()
      local text = pandoc.utils.stringify(cell.contents)
      for offset = 0, cell.col_span - 1 do
        if column <= width then
          line[column] = offset == 0
            and { content = '[' .. write(cell.contents):gsub('%s+$', '') .. ']', text = text }
            or { content = 'none', text = '' }
          above[column] = cell.row_span - 1
          column = column + 1
        end
      end
    end
    skip()
    for rest = column, width do line[rest] = { content = '[]', text = '' } end
  end
  return lines
end

local function listed(items)
  return '(' .. table.concat(items, ', ') .. (#items == 1 and ',' or '') .. ')'
end

local function written(lines)
  local rows = {}
  for r, line in ipairs(lines) do
    local cells = {}
    for c, cell in ipairs(line) do cells[c] = cell.content end
    rows[r] = listed(cells)
  end
  return listed(rows)
end

local function looks_numeric(text)
  return text == '' or text:match('^[%s%-−+~<>≈]*[%d.,]+%s*%%?$') ~= nil or text == 'NaN'
    or text == '—' or text == '-'
end

local function alignment(spec, lines, column)
  local given = ({ AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center' })[spec]
  if given then return quoted(given) end
  for _, line in ipairs(lines) do
    if not looks_numeric(line[column].text) then return quoted('left') end
  end
  return quoted('right')
end

-- A word longer than a column can bear may break, invisibly: after punctuation, else after 24 letters.
local function breakable(element)
  if #element.text <= 24 or element.text:match('[\x80-\xFF]') then return nil end
  local broken = element.text:gsub('([/._?&=-]+)', '%1\u{200B}')
  return pandoc.Str((broken:gsub(('%w'):rep(24), '%0\u{200B}')))
end

-- Outside tables only what is longer than a line needs help.
local function long_breakable(element)
  if not element.text:match(('%w'):rep(60)) then return nil end
  element.text = element.text:gsub(('%w'):rep(60), '%0\u{200B}')
  return element
end

local function typst_table(element)
  element = element:walk { Str = breakable }
  local width = #element.colspecs
  local body_rows, headings = pandoc.List {}, 0
  local head_rows = pandoc.List(element.head.rows)
  for _, body in ipairs(element.bodies) do
    head_rows:extend(body.head)
    body_rows:extend(body.body)
    headings = math.max(headings, body.row_head_columns)
  end
  body_rows:extend(element.foot.rows)
  local head, body = grid(head_rows, width), grid(body_rows, width)
  local words, align = {}, {}
  for column = 1, width do
    local longest = ''
    for _, lines in ipairs { head, body } do
      for _, line in ipairs(lines) do
        local word = longest_word(line[column].text)
        if utf8.len(word) > utf8.len(longest) then longest = word end
      end
    end
    words[column] = quoted(longest)
    align[column] = alignment(element.colspecs[column][1], body, column)
  end
  return '#data-table(header: ' .. written(head) .. ', rows: ' .. written(body) .. ', align: '
    .. listed(align) .. ', words: ' .. listed(words) .. ', header-columns: ' .. headings .. ')'
end

local function tidy(blocks)
  local filter = {
    RawInline = raw_inline, RawBlock = raw_block, Link = link, CodeBlock = code_block,
    Inlines = join_lines,
    Div = function(element) return element.content end,
    Span = function(element) return element.content end,
    Code = function(element) return pandoc.Code(element.text) end,
  }
  local doc = pandoc.Pandoc(blocks):walk { RawBlock = raw_block, Inlines = pair_tags }:walk(filter)
  doc = doc:walk {
    traverse = 'topdown', Str = linked, Link = function(element) return element, false end,
  }
  return doc:walk { Math = formula, Image = image }.blocks
end

local function plain_headings(block)
  return block:walk {
    Header = function(element) return pandoc.Para { pandoc.Strong(element.content) } end,
  }
end

-- A heading is repeated in contents and running heads, where its footnotes have no page to stand on:
-- they become paragraphs below it.
local function without_notes(heading)
  local notes = pandoc.List {}
  local bare = heading:walk {
    Note = function(note)
      notes:extend(note.content)
      return {}
    end,
  }
  return bare, notes
end

local function parts_of(blocks, prefix)
  local parts, waiting = pandoc.List {}, pandoc.List {}
  local function flush()
    if #waiting == 0 then return end
    identifier_prefix = prefix .. '-' .. (#parts + 1) .. '-'
    if target == 'typst' then
      waiting = pandoc.Blocks(waiting):walk {
        Str = long_breakable, Code = long_breakable, CodeBlock = long_breakable,
        Table = function(element)
          local shown = pandoc.Blocks(element.caption.long)
          shown:insert(pandoc.RawBlock('typst', typst_table(element)))
          return shown
        end,
      }
    end
    parts:insert {
      kind = 'body', level = 0, content = write(waiting), text = pandoc.utils.stringify(waiting),
    }
    waiting = pandoc.List {}
  end
  for _, block in ipairs(blocks) do
    if block.t == 'Header' then
      flush()
      local notes
      block, notes = without_notes(block)
      parts:insert {
        kind = 'heading', level = block.level,
        content = write { pandoc.Plain(block.content) }:gsub('%s+$', ''),
        text = pandoc.utils.stringify(block.content),
      }
      waiting:extend(notes)
    else
      waiting:insert(plain_headings(block))
    end
  end
  flush()
  return parts
end

local answers = pandoc.List {}
for number, source in ipairs(request.sources) do
  images = pandoc.List {}
  local messages, parts = pandoc.log.silence(function()
    -- Without a line end the last row of a table would be read as a paragraph.
    local blocks = tidy(pandoc.read(source.text .. '\n', dialects[source.format]).blocks)
    return parts_of(blocks, 'n' .. number)
  end)
  local problems = pandoc.List {}
  -- Only as JSON do the messages show their fields.
  for _, message in ipairs(pandoc.json.decode(pandoc.json.encode(messages), false)) do
    if message.type == 'CouldNotConvertTeXMath' then problems:insert(message.contents) end
  end
  answers:insert { parts = parts, images = images, problems = problems }
end
io.write(pandoc.json.encode(answers))
