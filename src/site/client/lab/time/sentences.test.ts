import { expect, test } from 'vitest'
import { historyEn } from '../../../../i18n/lab/history.en.ts'
import { historyZh } from '../../../../i18n/lab/history.zh.ts'
import { sentenceOf } from './sentences.ts'

const happening = (reason: string, message: string, count = 1) => ({
  at: 0,
  who: '',
  object: 'pod/web-1',
  reason,
  message,
  warning: false,
  count,
})

test.each([
  ['ScalingReplicaSet', 'Scaled up replica set web-59f5 from 0 to 1', 'ReplicaSet web-59f5: 0 → 1'],
  ['SuccessfulCreate', 'Created pod: web-59f5-x', 'creates web-59f5-x'],
  ['Scheduled', 'Successfully assigned default/web-1 to k8s-node1', 'web-1 goes to k8s-node1'],
  [
    'Pulled',
    'Successfully pulled image "nginx" in 1.2s (1.2s including waiting). Image size: 7 bytes.',
    'nginx is pulled, in 1.2s',
  ],
  ['Ready', '', 'web-1 is ready'],
  ['Unhealthy', 'Readiness probe failed', 'Unhealthy: Readiness probe failed'],
])('%s %s', (reason, message, words) => expect(sentenceOf(happening(reason, message), historyEn)).toBe(words))

test('what came again says how often', () => {
  const again = happening('BackOff', 'Back-off restarting', 3)
  expect(sentenceOf(again, historyZh)).toBe('BackOff: Back-off restarting（第 3 次）')
})
