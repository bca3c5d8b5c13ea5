// Photos and files, chosen beside the field: pictures go as photos, all else as files, one message each.

import * as api from '../shared/api.js';
import { h, icon } from '../shared/dom.js';
import { t } from '../shared/i18n.js';

// What Telegram makes a photo of. Together they are an album.
const PICTURES = ['image/jpeg', 'image/png'];

// *send* is given a function that does the sending; *words* takes what stands in the field as the caption.
export function attachButton(place, words, send) {
  const input = h('input', { type: 'file', multiple: true, hidden: true, tabIndex: -1, 'aria-hidden': 'true' });
  input.addEventListener('change', () => {
    const files = [...input.files];
    input.value = '';
    const pictures = files.filter(({ type }) => PICTURES.includes(type));
    const album = pictures.length > 1 ? String(Date.now()) : undefined;
    files.forEach((file, index) => {
      const message = { ...place(), name: file.name, content_type: file.type || undefined, caption: index ? undefined : words() || undefined };
      const kind = pictures.includes(file) ? { kind: 'photo', album } : { kind: 'document' };
      send(async () => api.handIn({ ...message, ...kind, content: await encoded(file) }));
    });
  });
  const button = h('button.attach', { type: 'button', title: t('attach'), 'aria-label': t('attach'), onclick: () => input.click() }, icon('clip'));
  return [button, input];
}

async function encoded(file) {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.addEventListener('load', resolve);
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  return reader.result.slice(reader.result.indexOf(',') + 1);
}
