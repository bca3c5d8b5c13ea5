// A photo at its full size, over everything; from there to the others of its album. Each has an *address* and a *text*.

import { h, icon } from './dom.js';
import { t } from './i18n.js';

export function enlarge(photos, start) {
  let at = start;
  const image = h('img', { alt: '' });
  const caption = h('p.caption');
  const count = h('span.count');
  const show = (index) => {
    at = (index + photos.length) % photos.length;
    const { address, text } = photos[at];
    image.src = address;
    image.alt = (text ?? '').split('\n')[0];
    caption.textContent = photos.length > 1 ? text ?? '' : '';
    caption.hidden = !caption.textContent;
    count.textContent = photos.length > 1 ? `${at + 1} / ${photos.length}` : '';
  };
  const step = (name, by) => photos.length > 1 && h('button.round', { type: 'button', class: name, 'aria-label': t(name), onclick: (event) => { event.stopPropagation(); show(at + by); } }, icon('back'));
  const viewer = h('dialog.viewer', { 'aria-label': t('photo'), onclick: () => viewer.close(), onclose: () => viewer.remove(), onkeydown: (event) => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  } },
  h('button.round.close', { type: 'button', 'aria-label': t('close') }, icon('close')), count, step('previous', -1), image, step('next', 1), caption);
  show(start);
  document.body.append(viewer);
  viewer.showModal();
}
