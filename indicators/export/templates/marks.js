// What the auditor marked: kept in this browser, handed out as JSONL for `indicators correct`.
const MARKS_KEY = `indicators.marks.${DATA.sha256 || DATA.source}`;
const marks = new Map();
const MARK_ICON = { right: 'met', wrong: 'missed', corrected: 'pen' };

function rowKey(row) {
  const was = row.correction;
  const actual = was ? was.was_actual : row.actual;
  return {
    sha256: DATA.sha256,
    source: DATA.source,
    task: row.task,
    indicator: was ? was.was_indicator : row.indicator,
    target_start: row.target?.start ?? null,
    target_end: row.target?.end ?? null,
    actual_start: actual?.start ?? null,
    actual_end: actual?.end ?? null,
  };
}

const keyText = (row) => JSON.stringify(Object.values(rowKey(row)));

function loadMarks() {
  let stored = {};
  try { stored = JSON.parse(remembered.get(MARKS_KEY) || '{}'); } catch { stored = {}; }
  DATA.rows.forEach((row, index) => {
    const mark = stored[keyText(row)];
    if (mark && MARK_ICON[mark.mark]) marks.set(index, mark);
  });
}

function saveMarks() {
  const stored = {};
  for (const [index, mark] of marks) stored[keyText(DATA.rows[index])] = mark;
  remembered.set(MARKS_KEY, JSON.stringify(stored));
}

function setMark(index, mark) {
  if (mark) marks.set(index, { ...mark, at: new Date().toISOString() });
  else marks.delete(index);
  saveMarks();
  showMarked();
}

// The mark to show: one made here, else one that was applied when the report was scored.
function markOf(index) {
  const applied = DATA.rows[index].correction;
  return marks.get(index) ?? (applied ? { mark: applied.mark, note: applied.note, applied: true } : null);
}

function corrections() {
  return [...marks.keys()].sort((a, b) => a - b).map((index) => {
    const { mark, ...rest } = marks.get(index);
    return { schema_version: DATA.schema, ...rowKey(DATA.rows[index]), mark, ...rest };
  });
}

function download() {
  const lines = corrections().map((line) => JSON.stringify(line)).join('\n') + '\n';
  const address = URL.createObjectURL(new Blob([lines], { type: 'application/x-ndjson' }));
  const stem = (DATA.source.split(/[\\/]/).pop() || 'report').replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  const link = el('a', { href: address, download: `${stem || 'report'}.corrections.jsonl` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function showMarked() {
  const count = DATA.rows.reduce((sum, _, index) => sum + (markOf(index) ? 1 : 0), 0);
  $('marked').textContent = DATA.rows.length ? `${L('marked')} ${count} / ${DATA.rows.length}` : '';
  $('download').disabled = marks.size === 0;
}
