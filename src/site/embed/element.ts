// <living-kubernetes src="…">: the lab on another site, in a frame of this one. Built as `/embed.js`, whose address is documented:
// a module without imports, which defines the element and nothing else. What a page has to allow it is
// `script-src SITE; frame-src SITE`.
//
//   src     a lesson (`04-deployment/04-roll-back`), a file of the gallery (`04-deployment/deployment.yaml`), `play`, a history (`#h=…`),
//           or the address of a page of this site that has one of these
//   lang    zh or en; else that of `src`, else that of the page around
//   height  a CSS length, or a number of pixels; else 32rem
//   label   what the frame is called; else the name of the site and `src`
import { type SiteLanguage, type Source, sourceOf } from './source.ts'

const from = import.meta.url
const site = new URL('.', from).href
/** After its frame was loaded, until it is said that nothing came of it, ms. */
const patience = 20_000

const words = {
  en: {
    name: 'Living Kubernetes',
    refused: (src: string) => `Nothing of Living Kubernetes is called “${src}”.`,
    silent: 'The lab does not answer in this frame.',
    open: 'Open it on its own site',
  },
  zh: {
    name: 'Kubernetes 活教程',
    refused: (src: string) => `Kubernetes 活教程里没有“${src}”。`,
    silent: '实验台在这个框架里没有响应。',
    open: '到原网站打开',
  },
}

const sheet = new CSSStyleSheet()
sheet.replaceSync(`:host{display:block}
:host([hidden]){display:none}
iframe{display:block;box-sizing:border-box;width:100%;height:32rem;border:1px solid #8886;border-radius:10px}
p{margin:0 0 .5em;padding:.6em .9em;border:1px solid;border-radius:10px}
a{color:inherit}`)

class LivingKubernetes extends HTMLElement {
  static readonly observedAttributes = ['src', 'lang', 'height', 'label']
  readonly #root = this.attachShadow({ mode: 'open' })
  #frame: HTMLIFrameElement | undefined
  #line: HTMLElement | undefined
  #timer = 0
  #isConnected = false
  /** The page in the frame has said so. */
  #isReady = false

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [sheet]
    this.#isConnected = true
    addEventListener('message', this.#hear)
    this.#show()
  }

  disconnectedCallback(): void {
    this.#isConnected = false
    removeEventListener('message', this.#hear)
    clearTimeout(this.#timer)
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.#isConnected || before === now) return
    if (name === 'src' || name === 'lang') this.#show()
    else this.#dress()
  }

  get #src(): string {
    return this.getAttribute('src')?.trim() ?? ''
  }

  #language(source?: Source): SiteLanguage {
    const around = this.closest<HTMLElement>('[lang]')?.lang ?? ''
    return this.hasAttribute('lang') || !source?.language
      ? /^zh\b/i.test(around)
        ? 'zh'
        : 'en'
      : source.language
  }

  #show(): void {
    clearTimeout(this.#timer)
    this.#root.replaceChildren()
    this.#frame = this.#line = undefined
    const source = sourceOf(this.#src, site)
    const language = this.#language(source)
    const w = words[language]
    if (!source) {
      this.#say(w.refused(this.#src), w.open, `${site}${language}/`)
      return
    }
    const frame = document.createElement('iframe')
    this.#frame = frame
    frame.setAttribute(
      'sandbox',
      'allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox',
    )
    frame.setAttribute('allow', 'clipboard-write')
    frame.referrerPolicy = 'strict-origin-when-cross-origin'
    frame.loading = 'lazy'
    frame.addEventListener('load', () => {
      clearTimeout(this.#timer)
      const late = () => this.#say(w.silent, w.open, `${site}${language}/${source.page}`)
      if (!this.#isReady) this.#timer = window.setTimeout(late, patience)
    })
    frame.src = `${site}${language}/embed/${source.frame}`
    this.#isReady = false
    this.#dress()
    this.#root.append(frame)
  }

  /** What needs no other frame. */
  #dress(): void {
    const frame = this.#frame
    if (!frame) return
    const height = this.getAttribute('height') ?? ''
    frame.title = this.getAttribute('label') || `${words[this.#language()].name}: ${this.#src}`
    frame.style.height = ''
    frame.style.height = /^\d+$/.test(height) ? `${height}px` : height // what is no length changes nothing
  }

  /** A line over the frame, or in its place. */
  #say(text: string, link: string, href: string): void {
    const a = document.createElement('a')
    a.href = href
    a.target = '_blank'
    a.rel = 'noopener'
    a.textContent = link
    this.#line?.remove()
    this.#line = document.createElement('p')
    this.#line.append(text, ' ', a)
    this.#root.prepend(this.#line)
  }

  /** Its own frame alone is heard, and only as long as that shows this site. */
  readonly #hear = ({ origin, source, data }: MessageEvent): void => {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== new URL(site).origin) return
    if (data?.type !== 'ready') return
    this.#isReady = true
    clearTimeout(this.#timer)
    this.#line?.remove()
  }
}

if (!customElements.get('living-kubernetes')) customElements.define('living-kubernetes', LivingKubernetes)
