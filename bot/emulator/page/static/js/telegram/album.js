// An album: photos in rows, each as wide as its shape asks for, so that a row has one height.

import { fileAddress } from '../shared/api.js';
import { h } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { enlarge } from '../shared/viewer.js';

// How many photos each row has, by how many there are: few large ones first, as Telegram lays them out.
const ROWS = { 2: [2], 3: [1, 2], 4: [1, 3], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3] };
const shape = ({ photo }) => Math.min(Math.max(photo.width / photo.height, 0.66), 1.9);

export function albumElement(album) {
  let at = 0;
  const rows = (ROWS[album.length] ?? [album.length]).map((count) => {
    const photos = album.slice(at, at + count);
    at += count;
    const row = h('div.album-row', {}, photos.map((message) => item(album, message)));
    row.style.aspectRatio = String(Math.max(photos.reduce((sum, message) => sum + shape(message), 0), 1.35));
    return row;
  });
  return h('div.album', {}, rows);
}

function item(album, message) {
  const number = album.indexOf(message);
  const { file_id: fileId, width, height } = message.photo;
  const button = h('button', { type: 'button', id: number ? `m${message.chat}_${message.message_id}` : null, 'aria-label': `${t('enlarge')} ${number + 1}/${album.length}`, onclick: () => enlarge(album.map(({ photo, text }) => ({ address: fileAddress(photo.file_id), text })), number) },
    h('img', { src: fileAddress(fileId), alt: message.text ?? '', width, height, decoding: 'async' }));
  button.style.flexGrow = String(shape(message));
  return button;
}
