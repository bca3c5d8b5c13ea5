// Building elements. Text always becomes a text node: nothing foreign is ever read as markup.

export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.classList.add(...value.split(' ').filter(Boolean));
    else if (key in element && key !== 'list' && !key.includes('-')) element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Make the children of *parent* exactly *nodes*, touching only what differs, so that focus and scrolling stay.
export function arrange(parent, nodes) {
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  search: 'M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13zM15.500 15.500 20 20',
  building: 'M4 20h16M6 20V9l6-4 6 4v11M10 20v-5h4v5M9.500 11.500h.01M14.500 11.500h.01',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M5 7h14M5 12h14M5 17h14',
  down: 'M6 9l6 6 6-6',
  arrow: 'M7 17 17 7M9 7h8v8',
  read: 'M1.500 12.500l4.500 4.500L15 7M10.500 16l1 1 9.500-10',
  pencil: 'M4 20h4L19 9l-4-4L4 16z',
  bell: 'M6 17h12l-1.500-2.500V10a4.500 4.500 0 0 0-9 0v4.500zM10 20h4M4 4l16 16',
  megaphone: 'M4 10v4h3l8 4V6l-8 4zM18.500 9.500a4 4 0 0 1 0 5',
  group: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19c.5-3.500 2.500-5 5.500-5s5 1.500 5.500 5M16 11a2.500 2.500 0 1 0 0-5M17 14c2 .300 3.300 1.800 3.700 4.500',
  forum: 'M4 5h12v9H9l-3 3v-3H4zM19 9h1v9h-2v3l-3-3h-4',
  robot: 'M6 8h12v10H6zM12 4v4M9.500 12.500v.8M14.500 12.500v.8M3.500 12v3M20.500 12v3',
  send: 'M3.200 20.500 21.500 12 3.200 3.500v6.600L15 12 3.200 13.900z',
  clip: 'M20 11.500l-8.200 8.200a5.200 5.200 0 0 1-7.400-7.400l8.600-8.600a3.500 3.500 0 0 1 5 5l-8.600 8.600a1.700 1.700 0 0 1-2.500-2.500l7.900-7.900',
  more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
};

export function icon(name, extra = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `icon ${extra}`.trim());
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

export function tail() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'tail');
  svg.setAttribute('viewBox', '0 0 9 17');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M9 0v17H0.600c-.7 0-.9-.8-.3-1.200C5 12.800 8 8.500 9 0z');
  svg.append(path);
  return svg;
}
