// A kubectl that explains by /openapi/v2, as those before 1.27 do, reads the document and what is said in it.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCluster } from '../../src/cluster/cluster.ts'
import { program, whyMissing } from './real-kubectl.ts'
import { type Served, serveCluster } from './served.ts'

const missing = whyMissing()
const folder = mkdtempSync(join(tmpdir(), 'openapi-v2-'))
const kubeconfig = join(folder, 'kubeconfig')
let served: Served

beforeAll(async () => {
  served = await serveCluster(createCluster(), { passes: false })
  writeFileSync(kubeconfig, JSON.stringify(served.kubeconfig))
})
afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

test('kubectl explain --output=plaintext-openapiv2', async context => {
  context.skip(!!missing, missing)
  const explain = async (...words: string[]) =>
    (
      await promisify(execFile)(
        program,
        ['--kubeconfig', kubeconfig, 'explain', '--output=plaintext-openapiv2', ...words],
        { env: { ...process.env, HOME: folder } },
      )
    ).stdout
  expect(await explain('deployment.spec.replicas')).toMatch(
    /^KIND: +Deployment\nVERSION: +apps\/v1\n\nFIELD: +replicas <integer>\n/,
  )
  const probe = await explain('pod.spec.containers.livenessProbe')
  expect(probe).toContain('Periodic probe of container liveness')
  expect(probe).toContain('   httpGet\t<Object>\n')
  expect(await explain('--recursive', 'configmap')).toContain('   data\t<map[string]string>\n')
})
