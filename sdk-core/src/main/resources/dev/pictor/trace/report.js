"use strict";
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("js");

  for (const pair of document.querySelectorAll(".ab")) {
    const cut = pair.querySelector("input");
    const show = () => pair.style.setProperty("--cut", cut.value + "%");
    cut.addEventListener("input", show);
    show();
  }

  const button = document.querySelector(".fold-all button");
  const folds = document.querySelectorAll("details");
  button.hidden = folds.length === 0;
  button.addEventListener("click", () => {
    const open = button.textContent === "Open all";
    folds.forEach(fold => { fold.open = open; });
    button.textContent = open ? "Close all" : "Open all";
  });

  const rows = Array.from(document.querySelectorAll(".flow a.row"));
  const moves = { ArrowDown: at => at + 1, ArrowUp: at => at - 1, Home: () => 0, End: () => rows.length - 1 };
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && location.hash.startsWith("#picture-")) {
      location.hash = "#pictures";
      return;
    }
    const at = rows.indexOf(document.activeElement);
    if (at === -1 || !Object.hasOwn(moves, event.key)) {
      return;
    }
    const next = rows[moves[event.key](at)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
});
