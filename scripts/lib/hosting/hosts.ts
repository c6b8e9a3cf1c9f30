// The list of headers.ts as each host wants it.
import {
  everywhere,
  framed,
  framedFolders,
  type Headers,
  type HostedSite,
  hashedFolders,
  immutable,
  revalidated,
  shared,
  sharedFiles,
  types,
} from './headers.ts'

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
  const location = (path: string, headers: Headers): string =>
    lines(
      `  location ${path} {`,
      ...Object.entries(headers).map(([name, value]) => `    add_header ${name} "${value}" always;`),
      '  }',
    ).trimEnd()
  const all = { ...everywhere(site), 'Cache-Control': revalidated }
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
    location(base, all),
    ...hashedFolders.map(folder => location(`${base}${folder}`, { ...all, 'Cache-Control': immutable })),
    ...framedFolders.map(folder => location(`${base}${folder}`, { ...all, ...framed(site) })),
    ...sharedFiles.map(file => location(`= ${base}${file}`, { ...all, ...shared })),
    base !== '/' && lines('', '  location = / {', `    return 302 ${base};`, '  }').trimEnd(),
    '}',
  )
}

export function caddy(site: HostedSite, { root, port, host }: ServerOptions): string {
  const { base } = site
  const below = (folders: readonly string[]) => folders.map(each => `${base}${each}*`).join(' ')
  const hashed = below(hashedFolders)
  const frames = below(framedFolders)
  const { 'Content-Security-Policy': policy, ...rest } = everywhere(site)
  const fields = (headers: Headers) =>
    Object.entries(headers).map(([name, value]) => `    ${name} "${value}"`)
  return lines(
    `:${port} {`,
    host && `  bind ${host}`,
    `  root * ${root}`,
    '  encode zstd gzip',
    '  header {',
    ...fields(rest),
    '  }',
    `  @framed path ${frames}`,
    `  header @framed Content-Security-Policy "${framed(site)['Content-Security-Policy']}"`,
    `  @unframed not path ${frames}`,
    `  header @unframed Content-Security-Policy "${policy}"`,
    `  @shared path ${sharedFiles.map(each => base + each).join(' ')}`,
    '  header @shared {',
    ...fields(shared),
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
 * the other takes the narrower rule: no header stands in two but the policy, where both come to the same. Who may frame a page
 * is said everywhere by X-Frame-Options, for which a policy with `frame-ancestors` stands in wherever there is one (CSP 3,
 * 6.4.2.2): that of the pages for frames, alone or joined to the policy without it. Both hosts revalidate what no rule
 * keeps, and compress by themselves.
 */
export function headersFile(site: HostedSite): string {
  const rule = (path: string, headers: Headers): string =>
    `${site.base}${path}\n${Object.entries(headers)
      .map(([name, value]) => `  ${name}: ${value}`)
      .join('\n')}\n`
  return [
    rule('*', {
      ...everywhere(site),
      'Content-Security-Policy': site.policy,
      'X-Frame-Options': 'SAMEORIGIN',
    }),
    ...hashedFolders.map(folder => rule(`${folder}*`, { 'Cache-Control': immutable })),
    ...framedFolders.map(folder =>
      rule(`${folder}*`, { 'Content-Security-Policy': framed(site)['Content-Security-Policy'] ?? '' }),
    ),
    ...sharedFiles.map(file => rule(file, shared)),
  ].join('\n')
}

/** GitHub Pages takes no headers: what of the list is lost there. */
export function githubPages(site: HostedSite): string {
  return lines(
    'GitHub Pages sends headers of its own choice and takes none from a site. The pages bear their content security',
    'policy themselves. Left out there:',
    "  Content-Security-Policy: frame-ancestors 'self' (the rest of it stands in each page; other sites may frame all pages)",
    ...Object.entries(everywhere(site))
      .slice(1)
      .map(([name, value]) => `  ${name}: ${value}`),
    `  Cache-Control: ${immutable} (for ${hashedFolders.join(', ')}; there it is ten minutes for all)`,
    'It compresses by gzip. The empty file .nojekyll in the built site lets it publish folders that begin with _.',
  )
}
