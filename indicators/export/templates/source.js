// The left pane: highlights, scrolling to them, and the pills that tell where an unseen one lies.
const sourcePane = $('source');
const highlights = new Map();
const narrow = window.matchMedia('(max-width: 900px)');
const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

// A key is the row's number and t, a, or r with the rival's number; only targets and actuals own what is marked.
const owners = (node) => node.dataset.k.split(' ').filter((key) => /[ta]$/.test(key));

function gatherHighlights() {
  for (const node of sourcePane.querySelectorAll('[data-k]')) {
    for (const key of node.dataset.k.split(' ')) {
      if (!highlights.has(key)) highlights.set(key, []);
      highlights.get(key).push(node);
    }
    const worst = owners(node).map((key) => VERDICTS.indexOf(DATA.rows[parseInt(key, 10)].verdict)).filter((rank) => rank >= 0);
    if (worst.length) node.classList.add(`v-${VERDICTS[Math.max(...worst)]}`);
  }
}

function describeHighlights() {
  for (const node of sourcePane.querySelectorAll('mark.m')) {
    node.title = owners(node).map((key) => {
      const row = DATA.rows[parseInt(key, 10)];
      return `${L(key.endsWith('t') ? 'target' : 'actual')} · ${row.indicator} · ${L(`v_${verdictName(row.verdict)}`)}`;
    }).join('\n');
  }
}

const nodesOf = (index, role) => highlights.get(`${index}${role}`) ?? [];

let lit = [];

function highlightRow(index, flash = true) {
  for (const node of lit) node.classList.remove('on', 'flash', 'rival-on');
  lit = [...nodesOf(index, 't'), ...nodesOf(index, 'a')];
  for (const node of lit) {
    node.classList.add('on');
    if (flash && !calm.matches) {
      void node.offsetWidth;
      node.classList.add('flash');
    }
  }
}

const scrollBox = () => (narrow.matches ? document.scrollingElement : sourcePane);

function boxOf(nodes) {
  const boxes = nodes.map((node) => node.getBoundingClientRect());
  return { top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)) };
}

function scrollToNodes(nodes, passes = 2) {
  const view = narrow.matches ? { top: 56, height: window.innerHeight - 120 } : sourcePane.getBoundingClientRect();
  const box = boxOf(nodes);
  const height = box.bottom - box.top;
  const room = Math.max(24, (view.height - height) * 0.38);
  const by = box.top - view.top - room;
  const scroller = scrollBox();
  const near = Math.abs(by) < view.height * 1.5;
  scroller.scrollBy({ top: by, behavior: near && !calm.matches && passes === 2 ? 'smooth' : 'auto' });
  // Pieces that were never drawn have estimated heights: look again once they have real ones.
  if (!near && passes > 0) requestAnimationFrame(() => requestAnimationFrame(() => scrollToNodes(nodes, passes - 1)));
}

function showRival(index, number) {
  const nodes = nodesOf(index, `r${number}`);
  if (!nodes.length) return;
  highlightRow(index, false);
  for (const node of nodes) {
    node.classList.add('rival-on');
    lit.push(node);
    if (!calm.matches) {
      void node.offsetWidth;
      node.classList.add('flash');
    }
    sideways(node);
  }
  scrollToNodes(nodes);
}

function showInSource(index, role = null) {
  const target = nodesOf(index, 't');
  const actual = nodesOf(index, 'a');
  let wanted = role === 't' ? target : role === 'a' ? actual : [...target, ...actual];
  if (!wanted.length) return;
  const box = boxOf(wanted);
  const view = narrow.matches ? window.innerHeight - 120 : sourcePane.clientHeight;
  if (box.bottom - box.top > view - 60) wanted = (role === 'a' || !target.length ? actual : target).slice(0, 1);
  for (const node of wanted) sideways(node);
  scrollToNodes(wanted);
}

function sideways(node) {
  const holder = node.closest('.table');
  if (!holder || holder.scrollWidth <= holder.clientWidth) return;
  const box = node.getBoundingClientRect();
  const view = holder.getBoundingClientRect();
  if (box.left < view.left || box.right > view.right) holder.scrollLeft += box.left - view.left - (view.width - box.width) / 2;
}

function placePills(index) {
  for (const [id, above] of [['pill-up', true], ['pill-down', false]]) {
    const pill = $(id);
    pill.hidden = true;
    if (index === null || narrow.matches) continue;
    const view = sourcePane.getBoundingClientRect();
    for (const role of ['t', 'a']) {
      const nodes = nodesOf(index, role);
      if (!nodes.length) continue;
      const box = boxOf(nodes);
      if (above ? box.bottom < view.top + 8 : box.top > view.bottom - 8) {
        const row = DATA.rows[index];
        const fact = role === 't' ? row.target : row.actual;
        pill.textContent = `${above ? '↑' : '↓'} ${L(role === 't' ? 'target' : 'actual')} ${fact.text.slice(0, 24)}`;
        pill.onclick = () => showInSource(index, role);
        pill.hidden = false;
        break;
      }
    }
  }
}

function selectedSourceText() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !$('text').contains(selection.anchorNode)) return '';
  return selection.toString().replace(/\s+/g, '').slice(0, 200);
}
