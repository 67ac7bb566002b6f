// In the preview: after a file is saved, fetch the page content again and replace it, keeping the scroll position.
const root = new URL("../", import.meta.url);
const events = new EventSource(new URL("_events", root));
let shown = null;

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = fresh.getElementById("_main");
  if (main) document.getElementById("_main").replaceWith(main);
  document.title = fresh.title || document.title;
}

events.addEventListener("message", async (event) => {
  const state = JSON.parse(event.data);
  if (shown !== null && shown !== state.number && !document.getElementById("_search")) await refresh();
  shown = state.number;
  const line = document.getElementById("_state");
  const findings = `${state.findings} finding${state.findings === 1 ? "" : "s"}`;
  if (line) line.textContent = state.checked ? `${findings}.` : "Checking…";
  document.body.dataset.state = `${state.number}${state.checked ? " checked" : ""}`;
});
