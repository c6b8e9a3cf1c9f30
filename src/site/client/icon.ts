// Pictograms of the lab, in the colour of the text beside them.
const paths = {
  whole: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7z',
  next: 'M5 5l9 7-9 7zM19 5v14',
} as const

export function icon(name: keyof typeof paths): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(svg.namespaceURI!, 'path') as SVGElement
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
