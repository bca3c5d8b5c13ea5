// The right column: publish as the agency, and see what it published last.

import * as api from './api.js';
import { h, icon } from './dom.js';
import { photoName, t } from './i18n.js';
import { dayName, clock } from './time.js';
import { toast } from './toast.js';

const app = document.getElementById('app');
const column = document.getElementById('agency');
const WIDE = '(min-width: 1101px)';

export function deskButton() {
  return h('button.desk-button', { type: 'button', 'aria-label': t('deskOpen'), 'aria-expanded': String(isOpen()), onclick: () => setOpen(!isOpen()) }, icon('building'), h('span', {}, t('deskOpen')));
}

const isOpen = () => app.classList.contains('desk-open');

// Where the desk covers the page, whoever came by keyboard is taken into it, and back.
let cameFrom = null;

function setOpen(open) {
  app.classList.toggle('desk-open', open);
  if (matchMedia(WIDE).matches) localStorage.setItem('desk', open ? 'open' : 'closed');
  column.inert = !open;
  for (const button of document.querySelectorAll('.desk-button')) button.setAttribute('aria-expanded', String(open));
  const covers = !matchMedia(WIDE).matches;
  if (covers && open) cameFrom = document.activeElement;
  if (open) showDesk().then(() => { if (covers) column.querySelector('button')?.focus(); });
  else if (covers) cameFrom?.focus();
}

export function startDesk() {
  column.setAttribute('aria-label', t('desk'));
  setOpen(matchMedia(WIDE).matches && localStorage.getItem('desk') !== 'closed');
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen() && !matchMedia(WIDE).matches) setOpen(false);
  });
  app.addEventListener('click', (event) => {
    if (event.target === app && isOpen() && !matchMedia(WIDE).matches) setOpen(false);
  });
}

export async function showDesk() {
  if (!isOpen()) return;
  let facts;
  try {
    facts = await api.desk();
  } catch (error) {
    toast(t('failed', { reason: error.message }));
    return;
  }
  column.replaceChildren(
    h('div.desk-head', {}, icon('building'), h('h2', {}, t('desk')), h('button.round', { type: 'button', 'aria-label': t('close'), onclick: () => setOpen(false) }, icon('close'))),
    h('div.desk', {}, h('p', {}, t('deskNote')), h('p.zalo-news', {}, t('zaloNews')), toConsole(), toPublic(), form(facts), h('h3', {}, t('latest')), h('ul.latest', {}, facts.latest.slice(0, 6).map(latest))));
}

// Where those who manage the bot see and do everything: they sign in by a link that the bot gives them in the chat.
function toConsole() {
  const address = document.body.dataset.console;
  return address && h('p', {}, h('a', { href: address, target: '_blank', rel: 'noopener' }, t('console')), ` – ${t('consoleHow')}`);
}

function toPublic() {
  const address = document.body.dataset.public;
  return address && h('p', {}, h('a', { href: address, target: '_blank', rel: 'noopener' }, t('publicPage')), ` – ${t('publicHow')}`);
}

function form({ draft, sections, photos }) {
  const title = h('input', { type: 'text', name: 'title', value: draft.title, required: true, maxLength: 300 });
  const text = h('textarea.long', { name: 'text', value: draft.paragraphs.join('\n'), required: true });
  const section = h('select', { name: 'section' }, sections.map(({ id, name }) => h('option', { value: id, selected: id === draft.section }, name)));
  const choice = (name, content, label) => h('label', { class: name ? '' : 'none', title: label }, content,
    h('input', { type: 'radio', name: 'photo', value: name, checked: name === draft.photo, 'aria-label': label }));
  const publish = h('button.publish', { type: 'submit' }, t('publish'));
  return h('form', { 'aria-label': t('publishForm'), onsubmit: (event) => { event.preventDefault(); send(event.currentTarget, publish); } },
    h('label', {}, t('title'), title), h('label', {}, t('text'), text), h('label', {}, t('section'), section),
    h('fieldset', {}, h('legend', {}, t('withPhoto')), h('div.photos', {}, photos.map(({ name, url }) => choice(name, h('img', { src: url, alt: '', loading: 'lazy' }), photoName(name))), choice('', t('noPhoto'), t('noPhoto')))),
    publish);
}

async function send(form, button) {
  const entered = new FormData(form);
  button.disabled = true;
  try {
    await api.publish({
      title: entered.get('title').trim(),
      paragraphs: entered.get('text').split('\n').map((line) => line.trim()).filter(Boolean),
      section: entered.get('section'),
      photo: entered.get('photo') ?? '',
    });
    toast(t('published'));
    await showDesk();
    if (!matchMedia(WIDE).matches) setOpen(false);
  } catch (error) {
    toast(t('failed', { reason: error.message }));
    button.disabled = false;
  }
}

function latest(article) {
  const { title, url, photo, date } = article;
  const at = Date.parse(date) / 1000;
  const item = h('li', {}, h('a', { href: url, target: '_blank', rel: 'noopener' }, photo ? h('img', { src: photo, alt: '', loading: 'lazy' }) : h('span.blank'),
    h('span', {}, h('b', {}, title), h('small', {}, `${dayName(at)}, ${clock(at)}`))),
  h('div.changes', {}, h('button', { type: 'button', onclick: () => item.replaceChildren(correction(article)) }, t('correct')),
    h('button', { type: 'button', onclick: ({ currentTarget }) => change(currentTarget, () => api.takeDown(article.id), t('takenDown')) }, t('takeDown'))));
  return item;
}

function correction({ id, title, sapo }) {
  const save = h('button.publish', { type: 'submit' }, t('save'));
  const changed = (entered) => ({ id, title: entered.get('title').trim(), sapo: entered.get('sapo').trim() });
  return h('form', { 'aria-label': t('correcting'), onsubmit: (event) => { event.preventDefault(); change(save, () => api.correct(changed(new FormData(event.target))), t('corrected')); } },
    h('label', {}, t('title'), h('input', { type: 'text', name: 'title', value: title, required: true, maxLength: 300 })),
    h('label', {}, t('sapo'), h('textarea', { name: 'sapo', value: sapo })),
    h('div.changes', {}, save, h('button', { type: 'button', onclick: showDesk }, t('cancel'))));
}

async function change(button, ask, done) {
  button.disabled = true;
  try {
    await ask();
    toast(done);
    await showDesk();
  } catch (error) {
    toast(t('failed', { reason: error.message }));
    button.disabled = false;
  }
}
