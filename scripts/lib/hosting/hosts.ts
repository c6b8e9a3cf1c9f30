// The list of headers.ts as each host wants it.
import { everywhere, type HostedSite, hashedFolders, immutable, revalidated, types } from './headers.ts'

export interface ServerOptions {
  /** Folder that the site lies in, under its base: for /learn/k8s/ that is ROOT/learn/k8s/. */
  readonly root: string
  readonly port: number
  /** The one address to listen at; without it, all. */
  readonly host?: string | undefined
  /** nginx has its module for files compressed by brotli. */
  readonly brotli?: boolean
}

const lines = (...parts: readonly (string | false | undefined)[]): string =>
  `${parts.filter(each => each !== false && each !== undefined).join('\n')}\n`

/** A server block, to be included within `http`. */
export function nginx(site: HostedSite, { root, port, host, brotli = false }: ServerOptions): string {
  const { base } = site
  // Headers of an outer block are dropped where an inner one has any: each has all of them.
  const headers = (cache: string): string =>
    Object.entries({ ...everywhere(site), 'Cache-Control': cache })
      .map(([name, value]) => `    add_header ${name} "${value}" always;`)
      .join('\n')
  const texts = ['text/css', 'text/xml', 'image/svg+xml', ...Object.keys(types)]
  return lines(
    'server {',
    `  listen ${host ? `${host}:` : ''}${port};`,
    '  server_name _;',
    '  server_tokens off;',
    '  absolute_redirect off;',
    `  root ${root};`,
    '  index index.html;',
    `  error_page 404 ${base}404.html;`,
    '',
    '  include /etc/nginx/mime.types;',
    '  types {',
    ...Object.entries(types).map(([type, ends]) => `    ${type} ${ends.join(' ')};`),
    '  }',
    '  charset utf-8;',
    `  charset_types ${texts.filter(each => each.startsWith('text/')).join(' ')};`,
    '',
    '  # Files that lie beside (npm run build -- --compress) go as they are, others are compressed on the way.',
    '  gzip_static on;',
    brotli && '  brotli_static on;',
    '  gzip on;',
    '  gzip_vary on;',
    '  gzip_comp_level 6;',
    `  gzip_types ${texts.join(' ')};`,
    '',
    `  location ${base} {`,
    headers(revalidated),
    '  }',
    ...hashedFolders.map(folder =>
      lines(`  location ${base}${folder} {`, headers(immutable), '  }').trimEnd(),
    ),
    base !== '/' && lines('', '  location = / {', `    return 302 ${base};`, '  }').trimEnd(),
    '}',
  )
}

export function caddy(site: HostedSite, { root, port, host }: ServerOptions): string {
  const { base } = site
  const hashed = hashedFolders.map(each => `${base}${each}*`).join(' ')
  return lines(
    `:${port} {`,
    host && `  bind ${host}`,
    `  root * ${root}`,
    '  encode zstd gzip',
    '  header {',
    ...Object.entries(everywhere(site)).map(([name, value]) => `    ${name} "${value}"`),
    '  }',
    // Apart: beside what is taken away, the others would wait until the answer is sent, and errors would lack them.
    '  header -Server',
    `  @hashed path ${hashed}`,
    `  header @hashed Cache-Control "${immutable}"`,
    `  @other not path ${hashed}`,
    `  header @other Cache-Control "${revalidated}"`,
    ...Object.entries(types).flatMap(([type, ends], i) => [
      `  @type${i} path ${ends.map(each => `*.${each}`).join(' ')}`,
      `  header @type${i} Content-Type "${type}${type.startsWith('text/') ? '; charset=utf-8' : ''}"`,
    ]),
    base !== '/' && `  redir / ${base} 302`,
    '  # Files that lie beside (npm run build -- --compress) go as they are, others are compressed on the way.',
    '  file_server {',
    '    precompressed br gzip',
    '  }',
    '  handle_errors {',
    `    rewrite * ${base}404.html`,
    '    file_server',
    '  }',
    '}',
  )
}

/**
 * `_headers` in the folder of the site, for Netlify and Cloudflare Pages. Where two rules match, one host joins their values and
 * the other takes the narrower rule: no header stands in two. Both revalidate what no rule keeps, and compress by themselves.
 */
export function headersFile(site: HostedSite): string {
  const rule = (path: string, headers: Readonly<Record<string, string>>): string =>
    `${site.base}${path}*\n${Object.entries(headers)
      .map(([name, value]) => `  ${name}: ${value}`)
      .join('\n')}\n`
  return [
    rule('', everywhere(site)),
    ...hashedFolders.map(folder => rule(folder, { 'Cache-Control': immutable })),
  ].join('\n')
}

/** GitHub Pages takes no headers: what of the list is lost there. */
export function githubPages(site: HostedSite): string {
  return lines(
    'GitHub Pages sends headers of its own choice and takes none from a site. The pages bear their content security',
    'policy themselves. Left out there:',
    "  Content-Security-Policy: frame-ancestors 'self' (the rest of it stands in each page)",
    ...Object.entries(everywhere(site))
      .slice(1)
      .map(([name, value]) => `  ${name}: ${value}`),
    `  Cache-Control: ${immutable} (for ${hashedFolders.join(', ')}; there it is ten minutes for all)`,
    'It compresses by gzip. The empty file .nojekyll in the built site lets it publish folders that begin with _.',
  )
}
