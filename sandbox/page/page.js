// Renews the parts of the page while it is open. Without it the page works by reloading.

const form = document.getElementById('send')
const problem = document.getElementById('send-problem')
const status = document.getElementById('status')
const search = document.getElementById('search')
let heapQuery = new URLSearchParams(location.search)
let running = new Set()

async function fetchText(url, options) {
  const answer = await fetch(url, options)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text || `The sandbox answered ${answer.status}.`)
  return text
}

function showProblem(error) {
  problem.hidden = !error
  problem.textContent = error ? `${error.message} Is the sandbox still running?` : ''
}

/** Replaces a part when it has changed, and keeps where its table was scrolled to. */
function replace(id, markup) {
  const part = document.getElementById(id)
  if (part.dataset.markup === markup) return
  const { scrollTop = 0, scrollLeft = 0 } = part.querySelector('.scroll') ?? {}
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  part.dataset.markup = markup
  part.innerHTML = markup
  part.querySelector('.scroll')?.scrollTo(scrollLeft, scrollTop)
  if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus()
}

async function renew() {
  const [deliveries, heap] = await Promise.all([
    fetchText('/fragments/deliveries'),
    fetchText(`/fragments/heap?${heapQuery}`),
  ])
  replace('deliveries', deliveries)
  replace('heap-state', heap)
  announce()
}

/** Tells screen readers what became of a delivery, once. */
function announce() {
  const still = new Set()
  for (const item of document.querySelectorAll('[data-delivery]')) {
    const { delivery } = item.dataset
    if (item.dataset.status === 'running') still.add(delivery)
    else if (running.has(delivery)) status.textContent = item.textContent.replace(/\s+/g, ' ')
  }
  running = still
}

async function renewForm(values) {
  const focused = document.activeElement?.id
  document.getElementById('form').innerHTML = await fetchText(`/fragments/form?${values}`)
  if (focused) document.getElementById(focused)?.focus()
}

form.addEventListener('change', ({ target }) => {
  if (target.name !== 'look' && target.dataset.interactive === undefined) return
  const values =
    target.name === 'look'
      ? new URLSearchParams({ look: target.value })
      : new URLSearchParams(new FormData(form))
  renewForm(values).catch(showProblem)
})

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = new URLSearchParams(new FormData(form))
  const button = form.querySelector('button.primary')
  button.disabled = true
  try {
    await fetchText('/deliveries', { method: 'POST', body, headers: { accept: 'text/plain' } })
    heapQuery = new URLSearchParams({
      env: body.get('param.env_id') ?? '',
      kind: body.get('param.property_type') === 'account' ? 'accounts' : 'users',
    })
    await renew()
    showProblem()
  } catch (error) {
    showProblem(error)
  } finally {
    button.disabled = false
  }
})

/** The small forms: send again, empty Heap. */
document.addEventListener('submit', async (event) => {
  if (event.target === form || event.target.method !== 'post') return
  event.preventDefault()
  await fetchText(event.target.action, { method: 'POST', headers: { accept: 'text/plain' } })
    .then(renew)
    .catch(showProblem)
})

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-heap]')
  if (!link || event.metaKey || event.ctrlKey) return
  event.preventDefault()
  heapQuery = new URL(link.href).searchParams
  renew().catch(showProblem)
})

search.addEventListener('input', () => {
  heapQuery = new URLSearchParams([...heapQuery].filter(([name]) => name === 'env' || name === 'kind'))
  heapQuery.set('search', search.elements.search.value)
  renew().catch(showProblem)
})
search.addEventListener('submit', (event) => event.preventDefault())

async function keepRenewing() {
  if (!document.hidden) {
    await renew().then(
      () => showProblem(),
      (error) => showProblem(error),
    )
  }
  setTimeout(keepRenewing, running.size > 0 ? 500 : 1500)
}
keepRenewing()
