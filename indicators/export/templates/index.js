const only = new Set();
const total = {};
for (const report of DATA.reports) for (const name of VERDICTS) total[name] = (total[name] ?? 0) + (report.counts[name] ?? 0);

const bad = (report) => (report.counts.missed ?? 0) + (report.counts.behind ?? 0);
const rated = (report) => VERDICTS.reduce((sum, name) => sum + (report.counts[name] ?? 0), 0);
const severe = (report) => report.findings[0] * 1e6 + report.findings[1] * 1e3 + report.findings[2];
const ORDERS = {
  order: () => 0,
  worst: (a, b) => bad(b) / (rated(b) || 1) - bad(a) / (rated(a) || 1),
  findings: (a, b) => severe(b) - severe(a),
};

function drawChips() {
  fillBar($('bar'), total);
  $('chips').replaceChildren(...VERDICTS.filter((name) => total[name]).map((name) => el('button', {
    type: 'button', class: `chip v-${name}`, 'data-verdict': name, 'aria-pressed': only.has(name),
    onclick: () => {
      if (!only.delete(name)) only.add(name);
      drawChips();
      document.querySelector(`.chip[data-verdict="${name}"]`).focus();
      drawList();
    },
  }, icon(name), el('span', {}, L(`v_${name}`)), el('b', {}, String(total[name])))));
}

function entry(report) {
  const bar = el('div', { class: 'bar', 'aria-hidden': 'true' });
  fillBar(bar, report.counts);
  const flagged = report.findings.reduce((sum, count) => sum + count, 0);
  return el('li', {}, el('a', { class: 'entry', href: report.link },
    el('div', {},
      el('span', { class: 'title' }, report.title),
      el('span', { class: 'meta' },
        report.as_of ? el('span', {}, `${L('as_of')} ${report.as_of}`) : null,
        el('span', {}, `${report.tasks} ${L('tasks')} · ${report.rows} ${L('rows')}`),
        flagged ? el('span', { class: 'flag' }, icon('flag'), `${L('findings')} ${flagged}`) : null,
        el('span', { class: 'path' }, report.source))),
    el('div', {}, bar, el('span', { class: 'counts' }, ...VERDICTS.filter((name) => report.counts[name]).map((name) => el('span', { class: `count v-${name}` },
      icon(name), el('span', { class: 'visually-hidden' }, L(`v_${name}`)), el('b', { title: L(`v_${name}`) }, String(report.counts[name]))))))));
}

function drawList() {
  const words = $('q').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const compare = ORDERS[$('f-sort').value] ?? ORDERS.order;
  const shown = DATA.reports.map((report, at) => [report, at])
    .filter(([report]) => (!only.size || [...only].some((name) => report.counts[name]))
      && words.every((word) => `${report.title}\n${report.source}`.toLowerCase().includes(word)))
    .sort(([a, i], [b, j]) => compare(a, b) || i - j);
  $('list').replaceChildren(...shown.map(([report]) => entry(report)));
  $('shown').textContent = `${L('shown')} ${shown.length} ${L('of')} ${DATA.reports.length} ${L('reports')}`;
}

function redraw() {
  const sum = (key) => DATA.reports.reduce((all, report) => all + report[key], 0);
  $('facts').textContent = `${DATA.reports.length} ${L('reports')} · ${sum('tasks')} ${L('tasks')} · ${sum('rows')} ${L('rows')}`;
  const chosen = $('f-sort').value || 'order';
  $('f-sort').replaceChildren(...[['order', L('sort_given')], ['worst', L('sort_worst')], ['findings', L('sort_findings')]].map(([name, text]) => el('option', { value: name, selected: name === chosen }, text)));
  $('q').placeholder = L('search_label');
  fillFindings($('findings'), DATA.findings, (finding, body) => el('a', { class: 'finding', href: finding.link }, ...body));
  drawChips();
  drawList();
}

$('filters').addEventListener('submit', (event) => event.preventDefault());
$('filters').addEventListener('input', drawList);
onLanguage(redraw);
