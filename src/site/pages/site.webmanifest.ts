// What a system shows of the site when a reader keeps it among the programs.
import type { APIRoute } from 'astro'
import { strings } from '../../i18n/strings.ts'
import { href } from '../lib/paths.ts'
import { pngIcons } from '../lib/pictures/icons.ts'

export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      name: `${strings.zh.siteName} / ${strings.en.siteName}`,
      short_name: 'K8s 活教程',
      description: strings.zh.tagline,
      lang: 'zh-CN',
      id: href('/'),
      start_url: href('/'),
      scope: href('/'),
      display: 'browser',
      background_color: '#0f1618',
      theme_color: '#0c3b40',
      icons: [
        { src: href('/favicon.svg'), type: 'image/svg+xml', sizes: 'any' },
        ...pngIcons.flatMap(({ name, size, purpose }) =>
          purpose
            ? [{ src: href(`/${name}.png`), type: 'image/png', sizes: `${size}x${size}`, purpose }]
            : [],
        ),
      ],
    }),
    { headers: { 'content-type': 'application/manifest+json' } },
  )
