// The foot of the Zalo phone: one writes, and that is all there is. There are no buttons and no menu of commands.

import { zaloWrite } from '../shared/api.js';
import { h, icon } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { pieces } from '../shared/pieces.js';
import { toast } from '../shared/toast.js';
import { state } from './store.js';

// Characters of one message.
const LONGEST = 2000;
const TALLEST = 132;

// One after the other: what is typed quickly arrives in its order.
let writing = Promise.resolve();
let draft = '';

export function composer() {
  const field = h('textarea', { rows: 1, placeholder: t('zaloWrite'), 'aria-label': t('zaloField'), value: draft, dir: 'auto' });
  const fit = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
  };
  const put = (text) => {
    draft = text;
    field.value = text;
    fit();
  };
  const write = (text) => {
    const { id, name } = state.person;
    writing = writing.then(() => zaloWrite({ person: id, name, text })).catch((error) => {
      toast(t('failed', { reason: error.message }));
      // Behind what could not be sent before it, and whatever was typed since.
      put([draft, text].filter(Boolean).join('\n'));
    });
  };
  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    put('');
    pieces(text, LONGEST).forEach(write);
  };
  field.addEventListener('input', () => put(field.value));
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  requestAnimationFrame(fit);
  return h('form.z-composer', { onsubmit: (event) => { event.preventDefault(); send(); } },
    field, h('button.z-send', { type: 'submit', 'aria-label': t('zaloSend') }, icon('send')));
}
