import { expect, test } from 'vitest'
import { sourceOf } from './source.ts'

const site = 'https://example.org/learn/k8s/'

test.each([
  ['04-deployment/04-roll-back', '04-deployment/04-roll-back/', '?lesson=04-deployment/04-roll-back'],
  [
    '04-deployment/deployment.yaml',
    'play/?file=04-deployment/deployment.yaml',
    '?file=04-deployment/deployment.yaml',
  ],
  ['02-docker/hello/Dockerfile', 'play/?file=02-docker/hello/Dockerfile', '?file=02-docker/hello/Dockerfile'],
  ['#h=eJw-_1', 'play/#h=eJw-_1', '#h=eJw-_1'],
  ['play', 'play/', ''],
])('%s', (src, page, frame) => expect(sourceOf(src, site)).toEqual({ page, frame }))

test.each([
  ['zh/03-pod/01-a-pod/', 'zh', '03-pod/01-a-pod/', '?lesson=03-pod/01-a-pod'],
  ['en/03-pod/01-a-pod/#h=ab', 'en', '03-pod/01-a-pod/#h=ab', '?lesson=03-pod/01-a-pod#h=ab'],
  [
    'en/03-pod/01-a-pod/#h=errors/x',
    'en',
    '03-pod/01-a-pod/#h=errors/x',
    '?lesson=03-pod/01-a-pod#h=errors/x',
  ],
  ['en/play/', 'en', 'play/', ''],
  ['en/play/?file=03-pod/pod.yaml', 'en', 'play/?file=03-pod/pod.yaml', '?file=03-pod/pod.yaml'],
  ['zh/play/#h=ab', 'zh', 'play/#h=ab', '#h=ab'],
  ['en/embed/?lesson=03-pod/01-a-pod', 'en', '03-pod/01-a-pod/', '?lesson=03-pod/01-a-pod'],
  ['en/embed/?file=03-pod/pod.yaml', 'en', 'play/?file=03-pod/pod.yaml', '?file=03-pod/pod.yaml'],
])('an address of the site: %s', (path, language, page, frame) =>
  expect(sourceOf(site + path, site)).toEqual({ language, page, frame }),
)

test.each([
  '',
  'nonsense',
  '../04-deployment/04-roll-back',
  '04-deployment/../secret.yaml',
  '04-deployment/x.yaml?lesson=y',
  '04-deployment/04-roll-back"><script>',
  'javascript:alert(1)',
  '#h=',
  '#h="><script>',
  '#h=errors/../x',
  '#h=//example.net/x',
  'https://example.net/learn/k8s/en/play/',
  'https://example.org.evil.example/learn/k8s/en/play/',
  'https://example.org/other/en/play/',
  `${site}en/about/`,
  `${site}fr/play/`,
  `${site}en/play/?file=../../x`,
  `${site}en/03-pod/01-a-pod/#other`,
  `${site}en/embed/?lesson=nonsense`,
])('refused: %s', src => expect(sourceOf(src, site)).toBeUndefined())
