// A bullet chart: how far the actual (bar) reaches against the target (line; a band for a range).
function bulletScale(row) {
  const { target, actual } = row;
  if (target && actual && target.unit === actual.unit) {
    const marks = [target.low, target.high].filter((value) => value !== null && value !== undefined);
    const reached = actual.value ?? actual.low ?? actual.high;
    if (marks.length && reached !== null && reached !== undefined && Math.max(...marks) > 0 && reached >= 0) {
      return { low: Math.min(...marks), high: Math.max(...marks), reached };
    }
  }
  if (row.completion !== null && row.completion !== undefined && row.completion >= 0) return { low: 1, high: 1, reached: row.completion };
  return null;
}

function bullet(row, height = 14) {
  const scale = bulletScale(row);
  if (!scale) return null;
  const name = verdictName(row.verdict);
  // Beyond twice the target the bar is cut and marked with a break, so that 5x and 1.1x can stand in one column.
  const end = Math.max(scale.high * 1.25, Math.min(scale.reached * 1.06, scale.high * 2));
  const x = (value) => Math.min(100, (100 * value) / end);
  const cut = scale.reached > end;
  const parts = [svg('rect', { class: 'track', x: 0, y: height * 0.2, width: 100, height: height * 0.6, rx: 1 })];
  if (scale.low !== scale.high) {
    parts.push(svg('rect', { class: 'band', x: x(scale.low), y: 0, width: x(scale.high) - x(scale.low), height }));
  }
  parts.push(svg('rect', { class: `reach v-${name}`, x: 0, y: height * 0.3, width: Math.max(0.6, x(scale.reached)), height: height * 0.4 }));
  if (cut) parts.push(svg('path', { class: 'cut', d: `M92 ${height * 0.9} L95 ${height * 0.1} M95 ${height * 0.9} L98 ${height * 0.1}` }));
  parts.push(svg('line', { class: 'goal', x1: x(scale.high), x2: x(scale.high), y1: 0, y2: height }));
  const words = [`${L('target')} ${row.target?.text ?? '100%'}`, `${L('actual')} ${row.actual?.text ?? percent(row.completion)}`];
  return svg('svg', {
    class: 'bullet', viewBox: `0 0 100 ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words.join(', '),
  }, ...parts);
}
