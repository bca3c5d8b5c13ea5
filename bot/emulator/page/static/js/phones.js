// Two phones of one person: beside one another where there is room, else one at a time, with a switch.

import { h } from './shared/dom.js';
import { t } from './shared/i18n.js';

const app = document.getElementById('app');
const bar = document.getElementById('phones');
const both = matchMedia('(min-width: 1200px)');
const NAMES = { telegram: 'Telegram', zalo: 'Zalo' };

let shown = localStorage.getItem('phone') === 'zalo' ? 'zalo' : 'telegram';
let hasZalo = false;
let changed = () => {};

// *told* is called when another phone comes into sight.
export function startPhones(told) {
  changed = told;
  both.addEventListener('change', changed);
}

export const isShown = (phone) => (phone === 'telegram' || hasZalo) && (shown === phone || both.matches || !hasZalo);

export function show(phone) {
  if (shown === phone) return;
  shown = phone;
  localStorage.setItem('phone', phone);
  draw();
  changed();
}

// Where there is no bot on Zalo there is one phone, and nothing to choose.
export function offerZalo(offered) {
  hasZalo = offered;
  draw();
}

function draw() {
  app.classList.toggle('has-zalo', hasZalo);
  app.classList.toggle('show-zalo', hasZalo && shown === 'zalo');
  for (const button of bar.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.phone === shown));
}

// *unread* says by phone how many messages nobody has looked at.
export function showSwitch(unread) {
  const held = bar.contains(document.activeElement) ? document.activeElement.dataset.phone : null;
  bar.setAttribute('aria-label', t('phones'));
  bar.replaceChildren(...Object.entries(NAMES).map(([phone, name]) => h('button', { type: 'button', class: phone, 'data-phone': phone, 'aria-pressed': String(phone === shown), onclick: () => show(phone) },
    name, unread[phone] && !isShown(phone) ? h('span.badge', {}, String(unread[phone]), h('span.sr', {}, ` ${t('unread')}`)) : null)));
  if (held) bar.querySelector(`[data-phone="${held}"]`)?.focus();
  const total = unread.telegram + unread.zalo;
  document.title = total ? `(${total}) Bản Tin` : 'Bản Tin';
}
