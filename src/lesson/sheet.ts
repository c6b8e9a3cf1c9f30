// A line of the cheat sheet. Words in capitals are the reader's to fill in; here they stand for what `setup` has made.
import type { Language } from '../i18n/strings.ts'

export interface SheetLine {
  readonly line: string
  readonly says: Readonly<Record<Language, string>>
  /** Ends only when it is interrupted. */
  readonly watches?: boolean
}

export interface SheetGroup {
  readonly title: Readonly<Record<Language, string>>
  readonly lines: readonly SheetLine[]
}

/** The lesson in whose world the lines are run. */
export const sheetLesson = '00-setup/02-ask'

/** Typed before a line is run. */
export const setup = [
  'kk create deployment web --image=nginx --replicas=2 --port=80',
  'kk expose deployment web',
  'kk set image deploy/web nginx=nginx:1.27',
  'kk create configmap settings --from-literal=color=blue',
  'kk create secret generic login --from-literal=k=v',
  'kk create deployment web --image=nginx:1.28 --replicas=3 --dry-run=client -o yaml > web.yaml',
  'sleep 45',
]

/** Virtual ms until the setup has ended and its pods are there. */
export const setupMs = 50_000

const stands: Readonly<Record<string, string>> = {
  FILE: 'web.yaml',
  POD: 'deploy/web',
  NAME: 'web',
  NEW: 'second',
  NODE: 'k8s-node1',
  CONTAINER: 'nginx',
  IMAGE: 'nginx:1.28',
  SECRET: 'login',
  NAMESPACE: 'kube-system',
}

/** The line as it can be typed after the setup. */
export const filled = ({ line }: SheetLine): string =>
  line.replace(/\b[A-Z]{3,}\b/g, word => stands[word] ?? word)
