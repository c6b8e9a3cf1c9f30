// The simulator as its package has it: JavaScript without types and comments, all of it in one file.
import { type OutputChunk, type Plugin, rolldown } from 'rolldown'
import { root } from '../lib/run.ts'
import { simulatorVersion } from '../lib/simulator-version.ts'

/** Writes a file for each of `input` (path in the project by name), beside one for all of the simulator that they share. */
export async function bundle(
  input: Readonly<Record<string, string>>,
  dir: string,
  { plugins = [], banner }: { plugins?: Plugin[]; banner?: (chunk: { name: string }) => string } = {},
): Promise<OutputChunk[]> {
  const bundled = await rolldown({
    cwd: root,
    platform: 'node',
    input: { ...input },
    transform: { define: { __SIMULATOR_VERSION__: JSON.stringify(simulatorVersion()) } },
    plugins,
    // That parts are loaded later is the page's concern.
    checks: { ineffectiveDynamicImport: false },
  })
  const { output } = await bundled.write({
    dir,
    format: 'es',
    // One file for all of the simulator; what loads its parts stands outside, since it waits for them.
    codeSplitting: { groups: [{ name: 'simulator', test: /[\\/]src[\\/](?!library|parts[\\/]preload)/ }] },
    chunkFileNames: '[name]-[hash].js',
    ...(banner && { banner }),
    comments: false,
  })
  await bundled.close()
  return output.filter(each => each.type === 'chunk')
}
