"use strict";
(() => {
  const EVERY = 2000;
  const PATIENCE = 10000;
  const unreachable = document.getElementById("unreachable");

  async function refresh() {
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.title = page.title;
      unreachable.hidden = true;
    } catch (error) {
      const running = document.querySelector("main").dataset.phase === "running";
      unreachable.textContent = (running ? "This cannot be reached any more: it has ended, or the way to it is broken."
        : "This has ended, and can be asked no more.") + " What is shown is the last that it told.";
      unreachable.hidden = false;
    }
    setTimeout(refresh, EVERY);
  }

  setTimeout(refresh, EVERY);
})();
