import { expect, test } from 'vitest'
import { shortText } from './deeds.ts'

test.each([
  ['kubectl rollout undo deploy/web', 'rollout undo deploy/web'],
  ['kk rollout undo deployment/hellok8s-go-http', 'rollout undo'],
  ['kk scale deployment/web --replicas=4', 'scale deployment/web'],
  ['k apply -f web.yaml', 'apply -f web.yaml'],
  ['fault registry-down host=docker.io', 'fault registry-down'],
  ['a-word-that-is-longer-than-anybody-reads', 'a-word-that-is-longer-tha…'],
  [':w web.yaml', ':w web.yaml'],
])('%s is called %s', (command, name) => expect(shortText(command)).toBe(name))
