// A volume as the API tells of it.
import { formatTime } from '../../engine/engine.ts'
import type { DockerVolume } from '../daemon/state.ts'
import { mountpointOf } from './volumes.ts'

export const volumeJson = (volume: DockerVolume): object => ({
  CreatedAt: formatTime(volume.created),
  Driver: 'local',
  Labels: Object.keys(volume.labels).length ? volume.labels : null,
  Mountpoint: mountpointOf(volume),
  Name: volume.name,
  Options: null,
  Scope: 'local',
})
