// `/` leads on: to the language that was chosen before, else to the first of the browser's languages that there is. Without
// either the doors stay.
const spoken = navigator.languages.map(each => each.slice(0, 2).toLowerCase())

function chosen(): string | null {
  try {
    return localStorage.getItem('language')
  } catch {
    return null // storage may be forbidden
  }
}
const language = chosen() ?? spoken.find(each => each === 'zh' || each === 'en')
if (language && !location.hash) location.replace(`${document.documentElement.dataset.base}${language}/`)
