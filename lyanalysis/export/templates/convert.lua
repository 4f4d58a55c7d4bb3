-- Reads {"targets": [...], "mark": ..., "sources": [{"format": ..., "text": ...}]} from standard input
-- and writes, for every target, the parts of every source, its images and what pandoc had to say about
-- it. One process serves a whole report, and as much of it as can be is read and written in one piece:
-- starting pandoc, a reader or a writer costs more than converting a paragraph.

local request = pandoc.json.decode(io.read('a'), false)
local sources = request.sources
local extensions = pandoc.List { 'pipe_tables', 'footnotes', 'tex_math_dollars', 'strikeout',
  'task_lists', 'definition_lists', 'raw_html' }
local dialects = {
  markdown = { format = 'commonmark', extensions = extensions },
  html = 'html-native_divs-native_spans',
}
local target, images, references

-- A mark that stands in no source; what begins with it is taken out of the written text again.
local mark = '\u{E000}'
for _, source in ipairs(sources) do
  while source.text:find(mark, 1, true) do mark = mark .. '\u{E000}' end
end

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

local function write(blocks, prefix)
  if target == 'typst' then blocks = pandoc.Blocks(blocks):walk { Str = spelled } end
  return pandoc.write(pandoc.Pandoc(blocks), target == 'typst' and 'typst' or 'html5',
    pandoc.WriterOptions {
      wrap_text = 'wrap-none', html_math_method = 'mathml', identifier_prefix = prefix or '',
    })
end

local function trimmed(text)
  return text:match('^%s*(.-)%s*$')
end

-- What is to be written: each fragment is called by its number, and all are written together.
local fragments, formulas
local function called(blocks)
  fragments:insert(pandoc.Blocks(blocks))
  return mark .. 'F' .. #fragments .. ';'
end

local tables = dofile(pandoc.path.join { pandoc.path.directory(arg[0]), 'tables.lua' })

-- Commands of old LaTeX, which pandoc does not know: {\bf x} is \mathbf{x}.
local fonts = { bf = 'mathbf', rm = 'mathrm', it = 'mathit', sf = 'mathsf', tt = 'mathtt', cal = 'mathcal' }
local function modern(text)
  return (text:gsub('{%s*\\(%l+)%s+([^{}]*)}', function(name, content)
    return fonts[name] and '\\' .. fonts[name] .. '{' .. content .. '}'
  end))
end

local function formula(math)
  math.text = modern(math.text)
  formulas:insert(math)
  if target ~= 'typst' then return math end
  if not math.text:match('%S') then return {} end
  local number = mark .. 'M' .. #formulas .. ';'
  return { pandoc.RawInline('typst', number), math, pandoc.RawInline('typst', number) }
end

local function link(element)
  local scheme = element.target:match('^(%a[%w+.-]*):')
  if scheme and ({ http = true, https = true, mailto = true })[scheme:lower()] then
    return pandoc.Link(element.content, element.target)
  end
  -- Perhaps the id of an exhibit or a heading: only the caller knows them.
  if element.target:match('^#.') then
    return pandoc.Link(element.content, element.target)
  end
  return element.content
end

local function reference(element)
  local id = element.target:match('^#(.*)')
  if not id then return nil end
  references:insert { id = id, words = pandoc.utils.stringify(element.content) }
  local name = request.mark .. ':r' .. #references
  if target ~= 'typst' then return pandoc.Link(element.content, name) end
  local written = pandoc.Inlines(element.content)
  written:insert(1, pandoc.RawInline('typst', '#exhibit-reference(' .. tables.quoted(name) .. ')['))
  written:insert(pandoc.RawInline('typst', ']/*' .. name .. '*/'))
  return written
end

local function image(element)
  local alt = pandoc.utils.stringify(element.caption)
  if element.src:match('^%a[%w+.-]*://') or element.src:match('^//') then
    local words = alt ~= '' and alt or element.src
    return pandoc.Link({ pandoc.Str(words) }, element.src)
  end
  local style = ';' .. (element.attributes.style or '')
  local width = element.attributes.width or style:match(';%s*width%s*:([^;]*)') or ''
  images:insert { src = element.src, alt = alt, width = width }
  local name = request.mark .. ':' .. #images
  if target == 'typst' then
    return pandoc.RawInline('typst', '#markdown-picture(' .. tables.quoted(name) .. ')')
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

-- Outside tables only what is longer than a line needs help.
local long_word = ('%w'):rep(60)
local function long_breakable(element)
  if not element.text:match(long_word) then return nil end
  element.text = element.text:gsub(long_word, '%0\u{200B}')
  return element
end
local breaking = { Str = long_breakable, Code = long_breakable, CodeBlock = long_breakable }

local tidying = {
  RawInline = raw_inline, RawBlock = raw_block, Link = link, Inlines = join_lines,
  Div = function(element) return element.content end,
  Span = function(element) return element.content end,
  Code = function(element) return pandoc.Code(element.text) end,
}
local linking = {
  traverse = 'topdown', Str = linked, Link = function(element) return element, false end,
}
-- Walking costs more than looking for what a walk would find.
local function tidy(blocks, text)
  if text:find('<', 1, true) then
    blocks = blocks:walk { RawBlock = raw_block, Inlines = pair_tags }
  end
  blocks = blocks:walk(tidying)
  return text:find('http', 1, true) and blocks:walk(linking) or blocks
end

local simple = { Para = true, Plain = true, HorizontalRule = true, CodeBlock = true }
local function plain_headings(block)
  return simple[block.t] and block or block:walk {
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

-- Bookmarks of a PDF cannot show formulas.
local function heading_text(heading)
  if target == 'typst' then
    heading = heading:walk { Math = function() return {} end }
  end
  return pandoc.utils.stringify(heading.content)
end

local function shown_table(element)
  local shown = pandoc.Blocks(element.caption.long)
  shown:insert(pandoc.RawBlock('typst', tables.typst(element, called)))
  return shown
end

local function parts_of(blocks, source)
  local has_long_words = source:find(long_word)
  local parts, waiting = pandoc.List {}, pandoc.List {}
  local function flush()
    if #waiting == 0 then return end
    local text = pandoc.utils.stringify(waiting)
    if target == 'typst' then
      waiting = pandoc.Blocks(waiting)
      if has_long_words then waiting = waiting:walk(breaking) end
      waiting = waiting:walk { Table = shown_table }
    end
    parts:insert { kind = 'body', level = 0, content = called(waiting), text = text }
    waiting = pandoc.List {}
  end
  for _, block in ipairs(blocks) do
    if block.t == 'Header' then
      flush()
      local notes
      block, notes = without_notes(block)
      parts:insert {
        kind = 'heading', level = block.level, content = called { pandoc.Plain(block.content) },
        text = heading_text(block),
      }
      waiting:extend(notes)
    else
      waiting:insert(plain_headings(block))
    end
  end
  flush()
  return parts
end

-- What is HTML stays so in a page.
local function is_needed(source)
  return source.format == 'markdown' or pandoc.List.includes(request.targets, 'typst')
end

-- Reading each source costs more than reading all of them as one text with a heading before each.
-- Left apart is what could change its neighbours: HTML and fences may stay open, and what `]:`
-- defines holds everywhere.
local function read_all()
  local documents, joined = {}, pandoc.List {}
  for number, source in ipairs(sources) do
    local text = source.text
    local stands_alone = text:find('<') or text:find('%[[ xX]%]') or text:find('```') or text:find('~~~') or text:find(']:')
    if not is_needed(source) then
      documents[number] = pandoc.Blocks {}
    elseif source.format == 'markdown' and not stands_alone then
      joined:insert('# ' .. mark .. 'S' .. number .. ';\n\n' .. text)
    else
      -- Without a line end the last row of a table would be read as a paragraph.
      documents[number] = pandoc.read(text .. '\n', dialects[source.format]).blocks
    end
  end
  local current
  for _, block in ipairs(pandoc.read(table.concat(joined, '\n\n') .. '\n', dialects.markdown).blocks) do
    local number = block.t == 'Header'
      and pandoc.utils.stringify(block):match('^' .. mark .. 'S(%d+);$')
    if number then
      current = pandoc.Blocks {}
      documents[tonumber(number)] = current
    else
      current:insert(block)
    end
  end
  return documents
end

-- Write all fragments in one go and cut the result where they begin. In a page the notes of a part
-- stand at its end: parts with notes are written one by one.
local function write_fragments()
  local blocks, texts = pandoc.List {}, {}
  for number, fragment in ipairs(fragments) do
    local has_notes = false
    if target == 'html' then fragment:walk { Note = function() has_notes = true end } end
    if has_notes then
      texts[number] = write(fragment, 'n' .. number .. '-')
    else
      blocks:insert(pandoc.RawBlock(target, mark .. 'W' .. number .. ';'))
      blocks:extend(fragment)
    end
  end
  local all = write(blocks)
  local start, after, number = all:find(mark .. 'W(%d+);')
  while start do
    local from, to, following = all:find(mark .. 'W(%d+);', after)
    texts[tonumber(number)] = all:sub(after + 1, (from or 0) - 1)
    start, after, number = from, to, following
  end
  return texts
end

-- A formula as written, with its source for those who cannot see it.
local function spoken(math, content)
  if content:sub(1, 1) ~= '$' then return write { pandoc.Plain { pandoc.Code(math.text) } } end
  -- A label has no place inside a call, and a delimiter of matrices is one character.
  content = content:gsub('%$<[^>]*>$', '$'):gsub('delim: "||"', 'delim: "|"')
  return '#math.equation(alt: ' .. tables.quoted(math.text) .. ', block: '
    .. tostring(math.mathtype == 'DisplayMath') .. ', ' .. content .. ')'
end

-- The text a fragment became, with what it calls in the place of the calls.
local function resolved(call, texts)
  local number = tonumber(call:match('(%d+);$'))
  local text = texts[number]
  text = text:gsub(mark .. 'M(%d+);(.-)' .. mark .. 'M%1;', function(position, content)
    return trimmed(spoken(formulas[tonumber(position)], trimmed(content)))
  end)
  text = text:gsub(mark .. 'F%d+;', function(inner) return resolved(inner, texts) end)
  return trimmed(text)
end

-- Formulas pandoc cannot read, as it says of the target.
local function unread(messages)
  local found = {}
  -- Only as JSON do the messages show their fields.
  for _, message in ipairs(pandoc.json.decode(pandoc.json.encode(messages), false)) do
    if message.type == 'CouldNotConvertTeXMath' then found[message.contents] = true end
  end
  return found
end

local function answers_for(documents)
  fragments, formulas = pandoc.List {}, pandoc.List {}
  local answers = pandoc.List {}
  for number, source in ipairs(sources) do
    images, references = pandoc.List {}, pandoc.List {}
    local first, parts = #formulas + 1, pandoc.List {}
    -- What is HTML stays so in a page.
    if source.format ~= target then
      local document = documents[number]:walk {
        Math = formula, Image = image, Link = reference, CodeBlock = code_block,
      }
      parts = parts_of(document, source.text)
    end
    answers:insert {
      parts = parts, images = images, references = references, first = first, last = #formulas,
    }
  end
  local messages, texts = pandoc.log.silence(write_fragments)
  local problem = unread(messages)
  for _, answer in ipairs(answers) do
    for _, part in ipairs(answer.parts) do
      part.content = resolved(part.content, texts)
    end
    answer.problems = pandoc.List {}
    for position = answer.first, answer.last do
      local text = formulas[position].text
      if problem[text] then answer.problems:insert(text) end
    end
    answer.first, answer.last = nil, nil
  end
  return answers
end

local documents = read_all()
for number, source in ipairs(sources) do
  documents[number] = tidy(documents[number], source.text)
end
local answers = {}
for _, name in ipairs(request.targets) do
  target = name
  answers[name] = answers_for(documents)
end
io.write(pandoc.json.encode(answers))
