"use strict";
// What works better with a script; every page works without it.

// The secret of an invitation follows the # of its link, where no server and no log sees it.
const invitation = document.getElementById("invitation");
if (invitation && /^#pli_[a-z2-7]{32}$/.test(location.hash)) {
    invitation.value = location.hash.slice(1);
    invitation.readOnly = true;
    history.replaceState(null, "", location.pathname);
    document.getElementById("account")?.focus();
}

// Times as the reader's clock shows them.
for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
        time.title = at.toLocaleString();
    }
}

// A secret that is shown once can be copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = "Copied";
    });
}

// One press is enough; going back in the browser's history makes the buttons usable again.
function enable() {
    for (const button of document.querySelectorAll("button[aria-disabled]")) {
        button.removeAttribute("aria-disabled");
    }
}
addEventListener("pageshow", enable);
for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
        const button = event.submitter;
        if (button?.getAttribute("aria-disabled")) {
            event.preventDefault();
        } else {
            button?.setAttribute("aria-disabled", "true");
        }
    });
}

// The theme that somebody chose on the report pages, which are on the same origin.
try {
    const theme = localStorage.getItem("plumbline-theme");
    if (theme === "light" || theme === "dark") {
        document.documentElement.dataset.theme = theme;
    }
} catch {
    // without storage the system decides
}
