// The search page: queries Pagefind, whose index is stored next to the site, and writes results as text, never as markup.
const index = await import(new URL("../pagefind/0/pagefind.js", import.meta.url));
const box = document.getElementById("_search");
const query = document.getElementById("_query");
const count = document.getElementById("_count");
const list = document.getElementById("_results");
const more = document.getElementById("_more");
const selects = [...box.querySelectorAll("select")];
const PAGE = 20;
const CJK = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/u;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };
let found = [];
let shown = 0;
let asked = 0;

const plain = (text) => text.replace(/&(?:lt|gt|quot|amp|#39|#x27);/g, (entity) => ENTITIES[entity]);

// The index holds each character of an unspaced script as a word of its own.
function joined(text) {
  return text.replace(/ *((?:<\/?mark>)*[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff](?:<\/?mark>)*) */gu, "$1");
}

function term(words) {
  if (!CJK.test(words)) return words;
  const parts = [...words].map((letter) => (CJK.test(letter) ? ` ${letter} ` : letter)).join("").trim();
  return [...words.replace(/\s/g, "")].every((letter) => CJK.test(letter)) ? `"${parts}"` : parts;
}

// `raw_url` is the address as it was indexed; `url` has the path of the site before it.
function item(record) {
  const entry = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(`../${(record.raw_url ?? record.url).replace(/^\/+/, "")}`, import.meta.url);
  const name = document.createElement("bdi");
  name.textContent = record.meta.title;
  link.append(name);
  const where = document.createElement("span");
  where.className = "where";
  where.textContent = [record.meta.date, record.meta.publisher].filter(Boolean).join(", ");
  const words = document.createElement("span");
  words.className = "words";
  words.dir = "auto";
  for (const [number, part] of joined(record.excerpt).split(/<\/?mark>/).entries()) {
    const piece = document.createElement(number % 2 ? "mark" : "span");
    piece.textContent = plain(part);
    words.append(piece);
  }
  entry.append(link, " ", where, words);
  return entry;
}

async function show(number) {
  const records = await Promise.all(found.slice(shown, shown + PAGE).map((result) => result.data()));
  if (number !== asked) return;
  shown += records.length;
  list.append(...records.map(item));
  more.hidden = shown >= found.length;
}

async function search() {
  const number = ++asked;
  const filters = Object.fromEntries(selects.filter((s) => s.value).map((s) => [s.dataset.filter, s.value]));
  const words = query.value.trim();
  remember(words, filters);
  if (!words && !Object.keys(filters).length) {
    found = [];
    list.replaceChildren();
    count.textContent = "";
    more.hidden = true;
    return;
  }
  const answer = await index.search(words ? term(words) : null, { filters, sort: words ? undefined : { date: "desc" } });
  if (number !== asked || !answer) return;
  found = answer.results;
  shown = 0;
  list.replaceChildren();
  count.textContent = `${found.length.toLocaleString("en")} statement${found.length === 1 ? "" : "s"}`;
  await show(number);
}

function remember(words, filters) {
  const asked = new URLSearchParams({ ...(words && { q: words }), ...filters });
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
}

async function start() {
  await index.init();
  for (let number = 1; number < Number(box.dataset.indexes); number++) {
    await index.mergeIndex(new URL(`../pagefind/${number}/`, import.meta.url).href);
  }
  const given = new URLSearchParams(location.search);
  box.hidden = false;
  query.value = given.get("q") ?? "";
  for (const select of selects) {
    select.value = given.get(select.dataset.filter) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
  let waiting;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 60);
  });
  for (const select of selects) select.addEventListener("change", search);
  more.addEventListener("click", () => show(asked));
  box.dataset.ready = "yes";
  await search();
}

await start();
