// A photo at its full size, over everything; from there to the others of its album.

import { fileAddress } from './api.js';
import { h, icon } from './dom.js';
import { t } from './i18n.js';

export function enlarge(album, start) {
  let at = start;
  const image = h('img', { alt: '' });
  const caption = h('p.caption');
  const count = h('span.count');
  const show = (index) => {
    at = (index + album.length) % album.length;
    const { photo, text } = album[at];
    image.src = fileAddress(photo.file_id);
    image.alt = (text ?? '').split('\n')[0];
    caption.textContent = album.length > 1 ? text ?? '' : '';
    caption.hidden = !caption.textContent;
    count.textContent = album.length > 1 ? `${at + 1} / ${album.length}` : '';
  };
  const step = (name, by) => album.length > 1 && h('button.round', { type: 'button', class: name, 'aria-label': t(name), onclick: (event) => { event.stopPropagation(); show(at + by); } }, icon('back'));
  const viewer = h('dialog.viewer', { 'aria-label': t('photo'), onclick: () => viewer.close(), onclose: () => viewer.remove(), onkeydown: (event) => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  } },
  h('button.round.close', { type: 'button', 'aria-label': t('close') }, icon('close')), count, step('previous', -1), image, step('next', 1), caption);
  show(start);
  document.body.append(viewer);
  viewer.showModal();
}
