// Text from a report reaches the page through textContent and attributes only, never through innerHTML.
const DATA = JSON.parse(document.getElementById('data').textContent);
const VERDICTS = ['exceeded', 'met', 'on_track', 'behind', 'missed', 'unreported'];
const SVG = 'http://www.w3.org/2000/svg';
const $ = (id) => document.getElementById(id);

let language = 'zh';
const remembered = {
  get(key) { try { return window.localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { window.localStorage.setItem(key, value); } catch { /* a private window keeps nothing */ } },
};

function L(key, values = {}) {
  const text = DATA.labels[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Direction marks would let a text read otherwise than it is stored: they are spelled out.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const visible = (text) => text.replace(DIRECTION, (mark) => `⟨U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('aria-') && typeof value === 'boolean') node.setAttribute(name, String(value));
    if (value === null || value === undefined || value === false || name.startsWith('aria-') && value === true) continue;
    if (name === 'class') node.className = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === 'string' ? visible(child) : child)));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function icon(name) {
  return svg('svg', { class: 'icon', 'aria-hidden': 'true', focusable: 'false', viewBox: '0 0 16 16' },
    svg('use', { href: `#i-${name}` }));
}

const verdictName = (verdict) => verdict ?? 'none';

function badge(verdict, small = false) {
  const name = verdictName(verdict);
  return el('span', { class: `badge v-${name}${small ? ' small' : ''}` }, icon(name), el('span', {}, L(`v_${name}`)));
}

function percent(value) {
  if (value === null || value === undefined) return '';
  const shown = value * 100;
  return `${shown >= 1000 ? Math.round(shown).toLocaleString('en') : Number(shown.toFixed(1))}%`;
}

function fillBar(bar, counts) {
  const total = VERDICTS.reduce((sum, verdict) => sum + (counts[verdict] || 0), 0);
  bar.replaceChildren(...VERDICTS.filter((verdict) => counts[verdict]).map((verdict) => {
    const part = el('span', { class: `seg v-${verdict}`, title: `${L(`v_${verdict}`)} ${counts[verdict]}` });
    part.style.flexGrow = String(counts[verdict] / total);
    return part;
  }));
}

const FINDINGS_SHOWN = 100;

// `wrap` makes the element that leads from a finding to its row.
function fillFindings(box, findings, wrap) {
  box.hidden = findings.length === 0;
  const shown = findings.slice(0, FINDINGS_SHOWN);
  const more = findings.length - shown.length;
  box.replaceChildren(
    el('summary', {}, icon('flag'), `${L('findings')} · ${findings.length}`),
    el('ol', {}, ...shown.map((finding) => el('li', {}, wrap(finding, [
      el('span', { class: `severity s${finding.severity}` }, L(`severity_${finding.severity}`)),
      el('span', { class: 'about' }, [finding.report, finding.task ? `${L('task')} ${finding.task}` : '', finding.indicator].filter(Boolean).join(' · ')),
      el('span', { class: 'message' }, finding.message)])))),
    ...(more ? [el('p', { class: 'muted' }, L('more', { n: more }))] : []));
}

function translate(root = document) {
  document.documentElement.lang = L('lang');
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = L(node.dataset.t);
  for (const node of root.querySelectorAll('[data-ph]')) node.placeholder = L(node.dataset.ph);
  for (const node of root.querySelectorAll('[data-aria]')) node.setAttribute('aria-label', L(node.dataset.aria));
  for (const node of root.querySelectorAll('[data-title]')) node.title = L(node.dataset.title);
  for (const node of root.querySelectorAll('[data-page]')) node.firstElementChild.textContent = L('page', { n: node.dataset.page });
}

function onLanguage(redraw) {
  const wanted = remembered.get('indicators.language');
  if (wanted === 'en' || wanted === 'zh') language = wanted;
  $('lang').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    remembered.set('indicators.language', language);
    show();
  });
  function show() {
    translate();
    $('lang').lang = language === 'zh' ? 'en' : 'zh-CN';
    redraw();
  }
  show();
}
