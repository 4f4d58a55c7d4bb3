-- Tables of notebooks as calls of `data-table`: spans filled up, sides of columns, longest words.

-- A Typst string literal.
local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', '\\n'):gsub('\r', '\\r') .. '"'
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
local function grid(rows, width, called)
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
            and { content = '[' .. called(cell.contents) .. ']', text = text }
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

-- The call of `data-table` that shows a table; its cells are written by `called`.
local function typst_table(element, called)
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
  local head, body = grid(head_rows, width, called), grid(body_rows, width, called)
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

return { quoted = quoted, typst = typst_table }
