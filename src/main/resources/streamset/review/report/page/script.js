
// Shows the settings that have all words of the search. The page is complete without it.
'use strict';
(() => {
  const form = document.querySelector('form.search');
  if (!form) {
    return;
  }
  const field = form.querySelector('input');
  const count = form.querySelector('output');
  const none = document.querySelector('#settings .none');
  const rows = Array.from(document.querySelectorAll('#settings tbody tr'), (row) => ({
    row,
    text: Array.from(row.cells, (cell) => cell.textContent).join(' ').toLowerCase(),
  }));
  const search = () => {
    const words = field.value.toLowerCase().split(/\s+/);
    let found = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      found += row.hidden ? 0 : 1;
    }
    none.hidden = found > 0;
    count.textContent = found === rows.length ? `${found} settings` : `${found} of ${rows.length} settings`;
  };
  field.addEventListener('input', search);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  search();
})();
