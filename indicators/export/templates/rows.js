// The verdict table: filters, order, and drawing only the pieces that are near the view.
const PIECE = 40;
const table = $('rows');
const state = { verdicts: new Set(), selected: null, open: false, shown: [], position: new Map() };
let pieces = [];
let watcher = null;

const haystack = DATA.rows.map((row) => [row.indicator, row.task, row.task_text, row.responsible.join(' '), row.target?.text,
  row.actual?.text, row.actual?.context, row.reason].filter(Boolean).join('\n').toLowerCase());

function matches(row, index) {
  if (state.verdicts.size && !state.verdicts.has(verdictName(row.verdict))) return false;
  const unit = $('f-unit').value;
  if (unit && !row.responsible.includes(unit)) return false;
  const flag = $('f-flag').value;
  if (flag && (flag === '*' ? !row.flags.length : !row.flags.includes(flag))) return false;
  const level = $('f-conf').value;
  if (level === 'high' && row.confidence < 0.9) return false;
  if (level === 'mid' && (row.confidence >= 0.9 || row.confidence < 0.6)) return false;
  if (level === 'low' && row.confidence >= 0.6) return false;
  const marked = $('f-mark').value;
  if (marked) {
    const mark = markOf(index)?.mark;
    if (marked === 'none' ? mark : marked === 'any' ? !mark : mark !== marked) return false;
  }
  const words = $('q').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => haystack[index].includes(word));
}

const WORST = ['missed', 'behind', 'unreported', 'on_track', 'met', 'exceeded', 'none'];
const ORDERS = {
  order: () => 0,
  worst: (a, b) => WORST.indexOf(verdictName(a.verdict)) - WORST.indexOf(verdictName(b.verdict)),
  completion: (a, b) => (a.completion ?? Infinity) - (b.completion ?? Infinity) || 0,
  confidence: (a, b) => a.confidence - b.confidence,
};

function filterRows() {
  const compare = ORDERS[$('f-sort').value] ?? ORDERS.order;
  state.shown = DATA.rows.map((_, index) => index).filter((index) => matches(DATA.rows[index], index))
    .sort((a, b) => compare(DATA.rows[a], DATA.rows[b]) || a - b);
  state.position = new Map(state.shown.map((index, position) => [index, position]));
  drawRows();
  $('shown').textContent = `${L('shown')} ${state.shown.length} ${L('of')} ${DATA.rows.length} ${L('rows')}`;
  $('nothing').hidden = state.shown.length > 0;
  $('clear').hidden = !filtering();
}

const filtering = () => state.verdicts.size > 0 || ['q', 'f-unit', 'f-flag', 'f-conf', 'f-mark'].some((id) => $(id).value);

function clearFilters() {
  state.verdicts.clear();
  for (const id of ['q', 'f-unit', 'f-flag', 'f-conf', 'f-mark']) $(id).value = '';
  drawChips();
  filterRows();
}

function drawRows() {
  watcher?.disconnect();
  for (const piece of pieces) piece.body.remove();
  pieces = [];
  table.setAttribute('aria-rowcount', String(state.shown.length + 1));
  for (let from = 0; from < state.shown.length; from += PIECE) {
    const body = el('tbody', { role: 'rowgroup' });
    const piece = { body, from, to: Math.min(from + PIECE, state.shown.length), height: 0, filled: false };
    body.piece = piece;
    pieces.push(piece);
    empty(piece);
  }
  table.append(...pieces.map((piece) => piece.body));
  for (const piece of pieces.slice(0, 2)) fill(piece);
  watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) fill(entry.target.piece);
      else if (!entry.target.contains(document.activeElement)) empty(entry.target.piece);
    }
  }, { root: narrow.matches ? null : $('verdicts'), rootMargin: '1200px 0px' });
  for (const piece of pieces) watcher.observe(piece.body);
}

function fill(piece) {
  if (piece.filled) return;
  piece.filled = true;
  const lines = [];
  for (let position = piece.from; position < piece.to; position += 1) lines.push(...line(state.shown[position], position));
  piece.body.replaceChildren(...lines);
}

function empty(piece) {
  if (piece.filled) piece.height = piece.body.getBoundingClientRect().height;
  piece.filled = false;
  const space = el('td', { colspan: 5, class: 'space', role: 'presentation' });
  space.style.height = `${piece.height || (piece.to - piece.from) * (narrow.matches ? 132 : 64)}px`;
  piece.body.replaceChildren(el('tr', { role: 'presentation' }, space));
}

const pieceOf = (index) => (state.position.has(index) ? pieces[Math.floor(state.position.get(index) / PIECE)] : null);

function line(index, position) {
  const row = DATA.rows[index];
  const selected = state.selected === index;
  const mark = markOf(index);
  const first = selected || (state.selected === null && position === 0);
  const node = el('tr', {
    id: `r${index}`, role: 'row', class: `row${selected ? ' selected' : ''}${mark ? ` is-${mark.mark}` : ''}`, 'data-i': index,
    tabindex: first ? 0 : -1, 'aria-selected': selected, 'aria-expanded': selected && state.open, 'aria-rowindex': position + 2,
  },
  el('td', { role: 'gridcell', class: 'c-verdict' }, badge(row.verdict), mark ? markBadge(mark) : null),
  el('td', { role: 'gridcell', class: 'c-indicator' },
    el('span', { class: 'name', lang: 'zh-CN' }, row.indicator || '—'),
    el('span', { class: 'under' },
      row.task ? el('span', { class: 'task' }, `${L('task')} ${row.task.replace(/[，、；：。,;:]+$/, '')}`) : null,
      row.kind === 'milestone' ? el('span', {}, L('milestone')) : null,
      row.responsible.length ? el('span', { class: 'unit' }, row.responsible.join('、')) : null,
      row.confidence < 0.6 ? el('span', { class: 'doubt' }, `${L('confidence')} ${row.confidence.toFixed(2)}`) : null),
    row.flags.length ? el('span', { class: 'flags' }, ...row.flags.map((flag) => el('span', { class: 'flag' }, icon('flag'), L(`f_${flag}`)))) : null,
    row.reason ? el('span', { class: 'print-only reason', lang: 'zh-CN' }, row.reason) : null),
  el('td', { role: 'gridcell', class: 'c-target', 'data-label': L('target') }, row.target?.text ?? '—'),
  el('td', { role: 'gridcell', class: 'c-actual', 'data-label': L('actual') }, row.actual?.text ?? '—'),
  el('td', { role: 'gridcell', class: 'c-completion', 'data-label': L('completion') },
    el('span', { class: 'number' }, percent(row.completion) || '—'), bullet(row)));
  if (!(selected && state.open)) return [node];
  return [node, el('tr', { id: `d${index}`, class: 'detail', role: 'row' }, el('td', { colspan: 5, role: 'gridcell' }, detail(index)))];
}

function markBadge(mark) {
  return el('span', { class: `marked-as mark-${mark.mark}` }, icon(MARK_ICON[mark.mark]), L(`mark_${mark.mark}`));
}

function redrawRow(index) {
  const piece = pieceOf(index);
  if (!piece?.filled) return;
  const openFolds = [...document.querySelectorAll(`#d${index} details`)].map((fold) => fold.open);
  $(`d${index}`)?.remove();
  $(`r${index}`).replaceWith(...line(index, state.position.get(index)));
  [...document.querySelectorAll(`#d${index} details`)].forEach((fold, at) => { fold.open = openFolds[at] ?? false; });
}

function focusRow(index) {
  $(`r${index}`)?.focus({ preventScroll: true });
}

function revealRow(index) {
  const piece = pieceOf(index);
  if (!piece) return;
  fill(piece);
  const node = $(`r${index}`);
  const view = narrow.matches ? { top: 56, bottom: window.innerHeight - 24 } : $('verdicts').getBoundingClientRect();
  const head = narrow.matches ? 0 : $('verdicts').querySelector('thead').getBoundingClientRect().height;
  const box = node.getBoundingClientRect();
  const after = $(`d${index}`)?.getBoundingClientRect();
  const scroller = narrow.matches ? document.scrollingElement : $('verdicts');
  const bottom = Math.min(after ? after.bottom : box.bottom, box.top + (view.bottom - view.top) - head - 8);
  if (box.top < view.top + head) scroller.scrollBy({ top: box.top - view.top - head - 8 });
  else if (bottom > view.bottom) scroller.scrollBy({ top: bottom - view.bottom + 8 });
}

function select(index, { open = state.open, source = true, focus = true, toggle = false } = {}) {
  if (!state.position.has(index)) clearFilters();
  const before = state.selected;
  const wasOpen = state.open;
  state.selected = index;
  state.open = toggle && before === index ? !wasOpen : open;
  const piece = pieceOf(index);
  fill(piece);
  if (before !== null && before !== index) redrawRow(before);
  else if (before === null && state.shown.length && state.shown[0] !== index) redrawRow(state.shown[0]);
  redrawRow(index);
  highlightRow(index);
  if (focus) focusRow(index);
  revealRow(index);
  if (source && !narrow.matches) showInSource(index);
  setTimeout(() => placePills(state.selected), 350);
  const row = DATA.rows[index];
  $('live').textContent = L('announce_row', { n: state.position.get(index) + 1, indicator: row.indicator, verdict: L(`v_${verdictName(row.verdict)}`) });
}

function step(by) {
  if (!state.shown.length) return;
  const position = state.position.get(state.selected);
  const next = position === undefined ? 0 : Math.min(state.shown.length - 1, Math.max(0, position + by));
  select(state.shown[next]);
}
