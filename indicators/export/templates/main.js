function counts() {
  const found = {};
  for (const row of DATA.rows) found[verdictName(row.verdict)] = (found[verdictName(row.verdict)] ?? 0) + 1;
  return found;
}

function drawChips() {
  const found = counts();
  fillBar($('bar'), found);
  $('chips').replaceChildren(...[...VERDICTS, 'none'].filter((name) => found[name]).map((name) => el('button', {
    type: 'button', class: `chip v-${name}`, 'data-verdict': name, 'aria-pressed': state.verdicts.has(name),
    onclick: () => {
      if (!state.verdicts.delete(name)) state.verdicts.add(name);
      drawChips();
      document.querySelector(`.chip[data-verdict="${name}"]`).focus();
      filterRows();
    },
  }, icon(name), el('span', {}, L(`v_${name}`)), el('b', {}, String(found[name])))));
}

function options(id, entries) {
  const select_ = $(id);
  const value = select_.value;
  select_.replaceChildren(...entries.map(([name, text]) => el('option', { value: name }, text)));
  select_.value = entries.some(([name]) => name === value) ? value : '';
  if (select_.selectedIndex < 0) select_.selectedIndex = 0;
  select_.hidden = entries.length < 2;
}

function tally(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1]);
}

function drawFilters() {
  const units = tally(DATA.rows.flatMap((row) => row.responsible));
  options('f-unit', [['', L('all_units')], ...units.map(([unit, n]) => [unit, `${unit} · ${n}`])]);
  const flags = tally(DATA.rows.flatMap((row) => row.flags));
  options('f-flag', [['', L('all_flags')], ...(flags.length ? [['*', L('any_flag')]] : []), ...flags.map(([flag, n]) => [flag, `${L(`f_${flag}`)} · ${n}`])]);
  options('f-conf', [['', L('all_confidence')], ['high', L('conf_high')], ['mid', L('conf_mid')], ['low', L('conf_low')]]);
  options('f-mark', [['', L('all_marks')], ['none', L('mark_none')], ['any', L('mark_any')], ['right', L('mark_right')], ['wrong', L('mark_wrong')], ['corrected', L('mark_corrected')]]);
  options('f-sort', ['order', 'worst', 'completion', 'confidence'].map((name) => [name, L(`sort_${name}`)]));
}

function drawFindings() {
  fillFindings($('findings'), DATA.findings, (finding, body) => (finding.row === null ? el('div', { class: 'finding' }, ...body)
    : el('button', { type: 'button', class: 'finding', onclick: () => select(finding.row, { open: true }) }, ...body)));
}

function openSource() {
  if (narrow.matches) go('source');
}

function go(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll('[data-go]')) button.setAttribute('aria-pressed', String(button.dataset.go === view));
  $('back').hidden = !(narrow.matches && view === 'source' && state.selected !== null);
}

function redraw() {
  drawChips();
  drawFilters();
  drawFindings();
  describeHighlights();
  showMarked();
  filterRows();
  $('download').title = L('download_hint');
}

const typing = (node) => node instanceof HTMLElement && node.matches('input, select, textarea, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('help').open) return;
  if (event.key === 'Escape') {
    if (typing(event.target)) {
      event.target.blur();
      if (state.selected !== null) focusRow(state.selected);
    } else if (state.open && state.selected !== null) select(state.selected, { open: false });
    return;
  }
  if (typing(event.target)) return;
  const chosen = state.selected;
  const onButton = event.target.closest?.('button, summary, a, [role="separator"]');
  const hit = {
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => (event.target.closest?.('tr.row') ? step(1) : false),
    ArrowUp: () => (event.target.closest?.('tr.row') ? step(-1) : false),
    Enter: () => {
      if (onButton) return false;
      if (event.target.matches?.('mark.m')) return follow(event.target);
      const row = event.target.closest?.('tr.row');
      const index = row ? Number(row.dataset.i) : chosen;
      return index === null ? false : select(index, { open: true, toggle: true });
    },
    ' ': () => (event.target.matches?.('mark.m') ? follow(event.target) : false),
    t: () => chosen !== null && (openSource(), showInSource(chosen, 't'), highlightRow(chosen)),
    a: () => chosen !== null && (openSource(), showInSource(chosen, 'a'), highlightRow(chosen)),
    1: () => chosen !== null && quick(chosen, 'right'),
    2: () => chosen !== null && quick(chosen, 'wrong'),
    3: () => chosen !== null && (select(chosen, { open: true, source: false }), openCorrection(chosen)),
    '/': () => { $('q').focus(); $('q').select(); },
    '?': () => $('help').showModal(),
  }[event.key];
  if (hit && hit() !== false) event.preventDefault();
});

function quick(index, mark) {
  const current = marks.get(index);
  setMark(index, current?.mark === mark ? null : { mark, note: current?.note ?? '' });
  redrawRow(index);
  focusRow(index);
}

// A figure may serve several rows: clicking it again goes on to the next of them.
function follow(node) {
  const rows = [...new Set(owners(node).map((key) => parseInt(key, 10)))];
  const index = rows[(rows.indexOf(state.selected) + 1) % rows.length];
  if (narrow.matches) go('verdicts');
  select(index, { open: true, source: false, focus: narrow.matches });
}

$('text').addEventListener('click', (event) => {
  const node = event.target.closest('mark.m');
  if (node && window.getSelection()?.isCollapsed !== false) follow(node);
});

table.addEventListener('click', (event) => {
  const row = event.target.closest('tr.row');
  if (!row || event.target.closest('button')) return;
  const index = Number(row.dataset.i);
  select(index, { open: true, toggle: true });
});

$('filters').addEventListener('submit', (event) => event.preventDefault());
let typed = 0;
$('filters').addEventListener('input', (event) => {
  clearTimeout(typed);
  if (event.target.id === 'q') typed = setTimeout(filterRows, 120);
  else filterRows();
});
$('clear').addEventListener('click', clearFilters);
$('download').addEventListener('click', download);
$('help-open').addEventListener('click', () => $('help').showModal());
$('back').addEventListener('click', () => { go('verdicts'); revealRow(state.selected); });
for (const button of document.querySelectorAll('[data-go]')) button.addEventListener('click', () => go(button.dataset.go));
sourcePane.addEventListener('scroll', () => placePills(state.selected), { passive: true });
narrow.addEventListener('change', () => { go(document.body.dataset.view); drawRows(); });

const split = $('split');
function setSplit(share) {
  const kept = Math.min(70, Math.max(25, share));
  $('panes').style.setProperty('--split', `${kept}%`);
  split.setAttribute('aria-valuenow', String(Math.round(kept)));
}
split.addEventListener('keydown', (event) => {
  const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
  if (by) { setSplit(Number(split.getAttribute('aria-valuenow')) + by); event.preventDefault(); event.stopPropagation(); }
});
split.addEventListener('pointerdown', (event) => {
  split.setPointerCapture(event.pointerId);
  const move = (moved) => setSplit((100 * moved.clientX) / window.innerWidth);
  split.addEventListener('pointermove', move);
  split.addEventListener('pointerup', () => split.removeEventListener('pointermove', move), { once: true });
});

// Paper has no scrolling: every row is drawn, and the pieces stay drawn until the next filter.
window.addEventListener('beforeprint', () => {
  watcher?.disconnect();
  for (const piece of pieces) fill(piece);
});
window.addEventListener('afterprint', drawRows);

gatherHighlights();
loadMarks();
onLanguage(redraw);

// page.html#r12 opens row 12: the index leads from a finding to its row.
function followAddress() {
  const row = /^#r(\d+)$/.exec(window.location.hash);
  if (row && Number(row[1]) < DATA.rows.length) select(Number(row[1]), { open: true });
}
window.addEventListener('hashchange', followAddress);
followAddress();
