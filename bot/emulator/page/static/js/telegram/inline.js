// Inline mode: after "@bot words" the bot is asked, and what it offers is shown to choose from.

import * as api from '../shared/api.js';
import { h } from '../shared/dom.js';
import { t } from '../shared/i18n.js';
import { onChange, state } from './store.js';

const PAUSE = 250;
const PATIENCE = 10000;
const answers = new Map();

onChange(({ kind, answer }) => {
  if (kind !== 'inline_answer') return;
  answers.get(answer.id)?.(answer);
  answers.delete(answer.id);
});

// Return what is asked for in *text*, or null if it is nothing that a bot is asked.
export function inlineWords(text) {
  const found = /^@(\w+)\s(.*)$/s.exec(text);
  return found && found[1].toLowerCase() === state.bot?.username.toLowerCase() ? found[2].trim() : null;
}

// The answer may be here before we know which question it is to.
async function ask(words, offset) {
  const early = [];
  const hear = ({ kind, answer }) => { if (kind === 'inline_answer') early.push(answer); };
  const deaf = onChange(hear);
  try {
    const { id } = await api.askInline({ from: state.me.id, query: words, offset });
    const known = early.find((answer) => answer.id === id);
    if (known) return known;
    return await new Promise((resolve, reject) => {
      answers.set(id, resolve);
      setTimeout(() => { answers.delete(id); reject(new Error('no answer')); }, PATIENCE);
    });
  } finally {
    deaf();
  }
}

// Show what is offered for *words* once the typist pauses; *place* gets the list, *chosen* is told the choice.
export function offerer({ place, chosen }) {
  let question = 0;
  let timer = null;
  const drop = () => { question += 1; clearTimeout(timer); };
  const offer = (words) => {
    drop();
    const mine = question;
    timer = setTimeout(async () => {
      const answer = await ask(words, '').catch(() => null);
      if (mine === question && answer) place(list(words, answer, chosen));
    }, PAUSE);
  };
  return { offer, drop };
}

function list(words, answer, chosen) {
  const panel = h('div.commands.offers', { role: 'listbox', 'aria-label': t('offers') }, items(answer, chosen));
  if (!answer.results.length) panel.append(h('p.none', {}, t('noOffers')));
  let next = answer.next_offset;
  panel.addEventListener('scroll', async () => {
    if (!next || panel.scrollHeight - panel.scrollTop - panel.clientHeight > 160) return;
    const offset = next;
    next = '';
    const more = await ask(words, offset).catch(() => null);
    if (!more) return;
    panel.append(...items(more, chosen));
    next = more.next_offset;
  }, { passive: true });
  return panel;
}

function items({ id, results }, chosen) {
  return results.map((result) => h('button', { type: 'button', role: 'option', onclick: () => chosen(id, result.id) },
    picture(result), h('span.offer', {}, h('b', {}, result.title), h('span', {}, result.description ?? ''))));
}

// Only pictures of this very site may be shown here; Telegram fetches those of others itself.
function picture({ title, thumbnail_url: address }) {
  const own = address && new URL(address, location.href).origin === location.origin;
  return own ? h('img', { src: address, alt: '' }) : h('span.letter', { 'aria-hidden': 'true' }, [...title][0] ?? '');
}
