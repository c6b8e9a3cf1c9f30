// The tutorial's own program, and what stands in for other teams' programs in its chapters.
import { type Family, mb } from './family.ts'

/** Versions of the tutorial's program, each with its bytes. */
const hellok8s = {
  v1: 2_729_721,
  v2: 2_729_725,
  v2_problem: 1_010_341,
  v3_hostname: 2_731_903,
  v3_nginxingress: 2_732_011,
  liveness: 2_741_241,
  readiness: 2_738_931,
  v4_configmap: 2_745_507,
  v4_secret: 2_745_311,
}

const helper = (names: string, tags: string, detail: string): Family => ({
  names,
  tags,
  plain: true,
  size: 2_301_844,
  conduct: 'service',
  program: 'service',
  detail,
})

export const localFamilies: readonly Family[] = [
  {
    names: 'leigg/hellok8s',
    tags: Object.keys(hellok8s).join(' '),
    plain: true,
    size: 2_729_721,
    sizes: hellok8s,
    conduct: 'program',
    program: 'hellok8s',
  },
  {
    names: 'harbor.example.com:5001/hellok8s/hellok8s',
    tags: 'v1 v2',
    plain: true,
    size: 2_729_721,
    sizes: hellok8s,
    conduct: 'program',
    program: 'hellok8s',
    login: { user: 'admin', password: 'Harbor12345' },
  },
  helper('redis-exporter', '1.62', 'redis-exporter'),
  helper('log-agent', '1.0', 'log-agent'),
  { names: 'aquasec/trivy', tags: '*', size: mb(55), conduct: 'service', program: 'opaque' },
]
