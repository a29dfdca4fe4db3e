// What opens under the selected row: reason, evidence, rivals, trace, and the auditor's mark.
function excerpt(fact, role, bound = null) {
  if (!fact) return el('p', { class: 'excerpt none' }, L('none'));
  const context = fact.context || '';
  const at = fact.at;
  const shown = el('span', { class: `m ${role} on${fact.text.length <= 9 ? ' short' : ''}` }, fact.text);
  const body = at >= 0
    ? [clip(context.slice(0, at), true), shown, clip(context.slice(at + fact.text.length), false)]
    : [shown, context ? ` — ${clip(context, false)}` : ''];
  const where = [fact.place?.replace(/\br(\d+)c(\d+)\b/g, (_, row, col) => L('cell', { row, col })), fact.period].filter(Boolean).join(' · ');
  return el('p', { class: 'excerpt', lang: 'zh-CN' }, bound ? el('span', { class: 'bound' }, `${L(`b_${bound}`)} · `) : null, ...body, where ? el('span', { class: 'where' }, where) : null);
}

function clip(text, fromEnd, limit = 160) {
  if (text.length <= limit) return text;
  return fromEnd ? `…${text.slice(-limit)}` : `${text.slice(0, limit)}…`;
}

function field(label, ...body) {
  return el('div', { class: 'field' }, el('dt', {}, L(label)), el('dd', {}, ...body));
}

function detail(index) {
  const row = DATA.rows[index];
  const jump = (role, label) => (nodesOf(index, role).length
    ? el('button', { type: 'button', class: 'button link', onclick: () => { openSource(); showInSource(index, role); highlightRow(index); } }, L(label))
    : null);
  const claimed = row.claimed ? L(`c_${row.claimed}`) : null;
  const was = row.correction;
  const changed = was && was.mark === 'corrected'
    ? field('was', `${was.was_indicator !== row.indicator ? `${was.was_indicator} · ` : ''}${was.was_actual?.text ?? L('no_actual')} · ${L(`v_${verdictName(was.was_verdict)}`)}`)
    : null;
  return el('div', { class: 'detail-body' },
    row.reason ? el('p', { class: 'reason', lang: 'zh-CN' }, row.reason) : null,
    el('dl', { class: 'fields' },
      field('target', excerpt(row.target, 't', row.bound), jump('t', 'goto_target')),
      field('actual', excerpt(row.actual, 'a'), jump('a', 'goto_actual')),
      row.task_text ? field('task', el('span', { class: 'task-text' }, clip(row.task_line, false, 400))) : null,
      row.responsible.length ? field('responsible', row.responsible.join('、')) : null,
      claimed ? field('claimed', claimed) : null,
      field('confidence', confidence(row.confidence)),
      changed,
    ),
    folded('rivals', row.rivals.length, row.rivals.length
      ? el('ul', { class: 'rivals' }, ...row.rivals.map((rival, number) => rivalItem(index, rival, number)))
      : el('p', { class: 'muted' }, L('no_rivals'))),
    row.trace.length ? folded('trace', row.trace.length, el('ol', { class: 'trace' }, ...row.trace.map((step) => el('li', {},
      el('span', { class: 'stage' }, L(`s_${step.stage}`)), el('code', {}, step.rule),
      step.score === null ? null : el('span', { class: 'number' }, step.score.toFixed(2)),
      step.text ? el('span', {}, said(step.text)) : null)))) : null,
    markForm(index),
  );
}

// A step may tell a bare code: the reader gets the word for it.
function said(code) {
  const words = DATA.labels[language];
  return words[`v_${code}`] ?? (code === 'target' || code === 'actual' ? words[code] : code);
}

function confidence(value) {
  const meter = el('span', { class: 'meter', 'aria-hidden': 'true' }, el('span', {}));
  meter.firstChild.style.width = `${Math.round(value * 100)}%`;
  return el('span', { class: 'confidence' }, meter, value.toFixed(2));
}

function folded(label, count, body) {
  return el('details', { class: 'folded' }, el('summary', {}, `${L(label)} · ${count}`), body);
}

function rivalItem(index, rival, number) {
  const placed = nodesOf(index, `r${number}`).length > 0;
  return el('li', {},
    placed ? el('button', { type: 'button', class: 'button link rival-text', title: L('in_source'), onclick: () => { openSource(); showRival(index, number); } }, rival.text)
      : el('span', { class: 'rival-text' }, rival.text),
    el('span', {}, [rival.indicator, rival.why].filter(Boolean).join(' · ')),
    el('span', { class: 'number' }, `${L('score')} ${rival.score.toFixed(2)}`),
    el('button', {
      type: 'button', class: 'button small',
      onclick: () => openCorrection(index, { new_actual_text: rival.text, new_actual_start: rival.start, new_actual_end: rival.end }),
    }, L('use_rival')));
}

const drafts = new Map();

function openCorrection(index, values = {}) {
  drafts.set(index, { ...(drafts.get(index) ?? {}), ...values });
  redrawRow(index);
  const form = document.querySelector(`#d${index} .correct-form`);
  form?.querySelector('input')?.focus();
  form?.scrollIntoView({ block: 'nearest' });
}

function markForm(index) {
  const current = markOf(index);
  const choose = (mark) => {
    drafts.delete(index);
    setMark(index, current?.mark === mark && !current.applied ? null : { mark, note: current?.note ?? '' });
    redrawRow(index);
  };
  const button = (mark, hit) => el('button', {
    type: 'button', class: `button mark mark-${mark}`, 'data-mark': mark, 'aria-pressed': current?.mark === mark, onclick: hit,
  }, icon(MARK_ICON[mark]), L(`mark_${mark}`));
  return el('div', { class: 'marking', role: 'group', 'aria-label': L('mark') },
    el('div', { class: 'mark-buttons' },
      button('right', () => choose('right')),
      button('wrong', () => choose('wrong')),
      button('corrected', () => openCorrection(index)),
      marks.has(index) ? el('button', { type: 'button', class: 'button link', onclick: () => { drafts.delete(index); setMark(index, null); redrawRow(index); } }, L('mark_clear')) : null,
      current?.mark === 'corrected' && !drafts.has(index) ? el('span', { class: 'muted' }, correctionText(current)) : null),
    drafts.has(index) ? correctForm(index) : null);
}

function correctionText(mark) {
  return [mark.new_indicator, mark.new_actual_text === '' ? L('no_actual') : mark.new_actual_text,
    mark.new_verdict ? L(`v_${mark.new_verdict}`) : null, mark.note].filter(Boolean).join(' · ');
}

function correctForm(index) {
  const row = DATA.rows[index];
  const before = { ...(marks.get(index) ?? {}), ...drafts.get(index) };
  const actual = el('input', { type: 'text', name: 'actual', maxlength: 200, value: before.new_actual_text ?? row.actual?.text ?? '', autocomplete: 'off' });
  const verdict = el('select', { name: 'verdict' }, el('option', { value: '' }, L('unchanged')),
    ...VERDICTS.map((name) => el('option', { value: name, selected: before.new_verdict === name }, L(`v_${name}`))));
  const indicator = el('input', { type: 'text', name: 'indicator', maxlength: 200, value: before.new_indicator ?? row.indicator, autocomplete: 'off' });
  const note = el('input', { type: 'text', name: 'note', maxlength: 500, value: before.note ?? '', autocomplete: 'off' });
  let place = { new_actual_start: before.new_actual_start ?? null, new_actual_end: before.new_actual_end ?? null };
  actual.addEventListener('input', () => { place = { new_actual_start: null, new_actual_end: null }; });
  const pick = el('button', { type: 'button', class: 'button small', onclick: () => {
    const text = selectedSourceText();
    if (text) { actual.value = text; actual.dispatchEvent(new Event('input')); }
  } }, L('use_selection'));
  // The click would otherwise clear the selection in the source before it is read.
  pick.addEventListener('mousedown', (event) => event.preventDefault());
  const changes = () => {
    const text = actual.value.trim();
    const name = indicator.value.trim();
    return {
      ...(text === (row.actual?.text ?? '') ? {} : { new_actual_text: text, ...(place.new_actual_start === null ? {} : place) }),
      ...(verdict.value ? { new_verdict: verdict.value } : {}),
      ...(name && name !== row.indicator ? { new_indicator: name } : {}),
    };
  };
  return el('form', { class: 'correct-form', oninput: () => {
    // A row that scrolls out of view is taken down: what was typed must survive that.
    drafts.set(index, { new_actual_text: actual.value, new_verdict: verdict.value, new_indicator: indicator.value, note: note.value, ...place });
    actual.setCustomValidity('');
  }, onsubmit: (event) => {
    event.preventDefault();
    const changed = changes();
    if (!Object.keys(changed).length) {
      actual.setCustomValidity(L('change_something'));
      actual.reportValidity();
      return;
    }
    drafts.delete(index);
    setMark(index, { mark: 'corrected', note: note.value.trim(), ...changed });
    redrawRow(index);
    focusRow(index);
  } },
  el('label', {}, el('span', {}, L('new_actual')), actual, pick),
  el('label', {}, el('span', {}, L('new_verdict')), verdict),
  el('label', {}, el('span', {}, L('new_indicator')), indicator),
  el('label', {}, el('span', {}, L('note')), note),
  el('div', { class: 'form-end' },
    el('button', { type: 'submit', class: 'button primary' }, L('save')),
    el('button', { type: 'button', class: 'button quiet', onclick: () => { drafts.delete(index); redrawRow(index); focusRow(index); } }, L('cancel'))));
}
