// What a page of this site may load, and the one script that stands within it.
import { createHash } from 'node:crypto'

/** Before anything is drawn: the theme that the reader chose. Its hash stands in the policy. */
export const themeScript = `{const d=document.documentElement.dataset;d.js='';try{const t=localStorage.theme;if(t)d.theme=t}catch{}}`
const hash = createHash('sha256').update(themeScript).digest('base64')

export const policy = [
  "default-src 'self'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ')
