// What the page does beyond being read: the contents follow, tables sort and copy. Without it
// nothing is missing but that.
"use strict";
(() => {
  const words = document.body.dataset;

  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link])
  );
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;
  const follow = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
    const root = document.documentElement;
    // The last headings never reach the top of the window.
    const ended = root.scrollTop > 0 && root.scrollTop + innerHeight >= root.scrollHeight - 2;
    const reached = ended ? headings.at(-1) : passed.at(-1) ?? headings[0];
    const link = links.get(reached.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    current = link;
    const panel = link.closest(".contents");
    const [box, frame] = [link.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (getComputedStyle(panel).position === "sticky" && (box.top < 0 || box.bottom > frame.bottom)) {
      panel.scrollTop += box.top - frame.top - frame.height / 2;
    }
  };
  if (headings.length) {
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; follow(); });
    }, { passive: true });
    follow();
  }

  const number = (text) => {
    const match = /^[<>≥≤]?\s*(-?\d[\d,]*\.?\d*)/.exec(text.trim());
    return match ? Number(match[1].replaceAll(",", "")) : NaN;
  };
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const order = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return collator.compare(a.trim(), b.trim());
  };

  for (const table of document.querySelectorAll(".exhibit table.grid")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    if (rows.length > 2 && table.tHead.rows.length === 1 && !rows.some((row) => row.classList.contains("total"))) {
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const next = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort ?? "none"];
          for (const other of heads) other.removeAttribute("aria-sort");
          const text = (row) => row.cells[column].textContent;
          const missing = (row) => ["", "—"].includes(text(row).trim());
          const sorted = next === "none" ? rows : [...rows].sort((a, b) => {
            if (missing(a) || missing(b)) return missing(a) - missing(b);
            return order(text(a), text(b)) * (next === "ascending" ? 1 : -1);
          });
          if (next !== "none") head.setAttribute("aria-sort", next);
          body.append(...sorted);
        });
      });
    }
    const place = table.closest(".exhibit").querySelector(".download");
    if (!place) continue;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words.copy;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    copy.addEventListener("click", async () => {
      const lines = [...table.rows].map((row) =>
        [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " ")).join("\t"));
      try {
        await navigator.clipboard.writeText(lines.join("\n"));
        said.textContent = words.copied;
      } catch {
        said.textContent = words.copyFailed;
      }
      setTimeout(() => { said.textContent = ""; }, 4000);
    });
    place.append(" ", copy, " ", said);
  }
})();
