// What the pages do more with a script: dialogs, local times, buttons that are pressed once, copying.
'use strict';

(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const known = document.cookie.split('; ').includes('time_zone=' + encodeURIComponent(zone));

  // The server writes times in the zone that the cookie names; the first page is corrected here.
  function localize(root) {
    if (known) return;
    const format = new Intl.DateTimeFormat('en-US', {
      day: 'numeric', month: 'short', year: 'numeric',
      hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone,
    });
    root.querySelectorAll('time[datetime]').forEach(time => {
      const parts = {};
      format.formatToParts(new Date(time.dateTime)).forEach(part => { parts[part.type] = part.value; });
      const date = `${parts.day} ${parts.month} ${parts.year}`;
      time.textContent = 'date' in time.dataset ? date : `${date}, ${parts.hour}:${parts.minute}`;
    });
    root.querySelectorAll('[data-zone]').forEach(name => { name.textContent = zone; });
  }

  function openDialog(holder) {
    const dialog = holder.querySelector('dialog');
    if (!dialog || dialog.open) return;
    dialog.removeAttribute('open');
    dialog.showModal();
    dialog.addEventListener('close', () => holder.replaceChildren());
  }

  document.documentElement.classList.add('script');
  if (!known) {
    document.cookie = `time_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=strict`;
  }

  document.addEventListener('DOMContentLoaded', () => localize(document));
  if (document.readyState !== 'loading') localize(document);

  document.addEventListener('htmx:afterSwap', event => {
    localize(event.target);
    if (event.target.id === 'dialog') openDialog(event.target);
  });

  document.addEventListener('click', event => {
    const close = event.target.closest('[data-close]');
    if (close && close.closest('dialog')) {
      event.preventDefault();
      close.closest('dialog').close();
    }
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      const text = document.getElementById(copy.dataset.copy);
      getSelection().selectAllChildren(text);
      // Over plain HTTP there is no clipboard: the text is selected, to be copied by hand.
      navigator.clipboard?.writeText(text.textContent).then(() => {
        copy.textContent = copy.dataset.copied;
      });
    }
  });

  // One press is enough; the server would recognize a second one, too. Who goes back gets a new form.
  document.addEventListener('submit', event => {
    event.target.querySelectorAll('button[type="submit"], button:not([type])').forEach(button => {
      setTimeout(() => { button.disabled = true; button.setAttribute('aria-busy', 'true'); });
    });
  });
  window.addEventListener('pageshow', event => {
    if (event.persisted) location.reload();
  });

  // A chosen file is read into a text field; it is not sent beside it.
  document.addEventListener('change', event => {
    const field = document.getElementById(event.target.dataset.into || '');
    if (!field || !event.target.files[0]) return;
    event.target.files[0].text().then(text => { field.value = text; });
  });
})();
