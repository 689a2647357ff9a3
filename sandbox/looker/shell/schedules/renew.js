// Renews the history while the page is open. Without it the page works by reloading.

const place = document.getElementById('deliveries')

async function renew() {
  const answer = await fetch('/fragments/history')
  const markup = await answer.text()
  if (answer.ok && place.dataset.markup !== markup) {
    place.dataset.markup = markup
    place.innerHTML = markup
  }
}

async function keepRenewing() {
  if (!document.hidden) await renew().catch(() => {})
  setTimeout(keepRenewing, 1000)
}
keepRenewing()
