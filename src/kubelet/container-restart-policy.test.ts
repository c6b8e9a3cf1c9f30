// A container's own restart policy, and its rules for exit codes, go before the pod's (KEP-5307).

import { expect, test } from 'vitest'
import type { ContainerStatus } from '../kinds/schema/types.ts'
import { World } from '../lesson/world.ts'

function pods(...containers: { readonly command: string; readonly [field: string]: unknown }[]) {
  const world = new World({ seed: 1 })
  const command = (script: string) => ['sh', '-c', script]
  const spec = {
    terminationGracePeriodSeconds: 1,
    containers: containers.map((each, i) => ({
      name: `c${i}`,
      image: 'busybox',
      ...each,
      command: command(each.command),
    })),
  }
  world.write('p.yaml', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }))
  expect(world.run('kubectl apply -f p.yaml').stderr).toBe('')
  world.advance(90_000)
  const { status } = JSON.parse(world.run('kubectl get pod p -o json').stdout)
  return {
    phase: status.phase,
    restarts: status.containerStatuses.map((each: ContainerStatus) => each.restartCount > 0),
  }
}

test('a pod that would restart everything ends where none of its containers wants to', () => {
  expect(pods({ command: 'exit 1', restartPolicy: 'Never' })).toEqual({ phase: 'Failed', restarts: [false] })
  expect(pods({ command: 'exit 0', restartPolicy: 'OnFailure' })).toEqual({
    phase: 'Succeeded',
    restarts: [false],
  })
  expect(pods({ command: 'exit 1', restartPolicy: 'OnFailure' })).toEqual({
    phase: 'Running',
    restarts: [true],
  })
  expect(pods({ command: 'exit 1' })).toEqual({ phase: 'Running', restarts: [true] })
})

test('one that has ended for good keeps still while another one goes on', () => {
  const goesOn = { command: 'sleep 600' }
  expect(pods({ command: 'exit 1', restartPolicy: 'Never' }, goesOn)).toEqual({
    phase: 'Running',
    restarts: [false, false],
  })
  const again = { command: 'exit 3' }
  expect(pods({ command: 'exit 1', restartPolicy: 'Never' }, again)).toEqual({
    phase: 'Running',
    restarts: [false, true],
  })
})

test('a rule for an exit code restarts what would have ended', () => {
  const rule = (operator: string, values: number[]) => [
    { action: 'Restart', exitCodes: { operator, values } },
  ]
  const container = { command: 'exit 42', restartPolicy: 'Never' }
  expect(pods({ ...container, restartPolicyRules: rule('In', [42]) }).restarts).toEqual([true])
  expect(pods({ ...container, restartPolicyRules: rule('In', [41]) })).toEqual({
    phase: 'Failed',
    restarts: [false],
  })
  expect(pods({ ...container, restartPolicyRules: rule('NotIn', [42]) }).phase).toBe('Failed')
  expect(pods({ ...container, restartPolicyRules: rule('NotIn', [41]) }).restarts).toEqual([true])
})
