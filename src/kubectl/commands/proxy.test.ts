import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = new World({ seed: 1, files: { 'site/a.txt': 'text\n', 'site/sub/index.html': '<b>sub</b>\n' } })
let port = 8100
/** What `curl` prints of those addresses while the proxy runs with these flags. */
const ask = (flags: string, ...addresses: string[]) => {
  port++
  const asked = addresses.map(each => `curl -s ${each.replace('PROXY', `localhost:${port}`)}`).join('; ')
  const { stdout } = world.run(`kubectl proxy --port=${port} ${flags} & sleep 1; ${asked}; kill %1`)
  return stdout.replace(/^Starting to serve on .*\n/, '')
}

test('files stand beside the API, each under its prefix', () => {
  const flags = '--www=site --api-prefix=/k8s'
  expect(ask(flags, 'PROXY/static/a.txt')).toBe('text\n')
  expect(ask(flags, 'PROXY/static/sub/')).toBe('<b>sub</b>\n')
  expect(ask(flags, 'PROXY/static/')).toContain('<a href="a.txt">a.txt</a>\n<a href="sub/">sub/</a>\n')
  expect(ask(flags, 'PROXY/static/%2e%2e/other', 'PROXY/version')).toBe('404 page not found\n'.repeat(2))
  expect(ask(flags, 'PROXY/k8s/version')).toContain('"gitVersion": "v1.36.3"')
})

test('hosts, methods and paths are let through or not by the filters', () => {
  expect(ask('--accept-hosts=^cluster$', 'PROXY/version')).toBe('Forbidden\n')
  expect(ask('--accept-hosts=^cluster$', '-H "Host: cluster" PROXY/version')).toContain('gitVersion')
  expect(ask('--accept-paths=^/api/', 'PROXY/version')).toBe('Forbidden\n')
  expect(ask('--reject-methods=POST,PUT', '-X PUT PROXY/version')).toBe('Forbidden\n')
  expect(ask('', 'PROXY/api/v1/namespaces/default/pods/x/exec')).toBe('Forbidden\n')
  expect(ask('--disable-filter', '-H "Host: elsewhere" PROXY/version')).toContain('gitVersion')
  expect(world.run('kubectl proxy --reject-paths="("').exit).toBe(255)
})
