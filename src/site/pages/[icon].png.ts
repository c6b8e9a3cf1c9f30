import type { APIRoute, GetStaticPaths } from 'astro'
import { type PngIcon, pngIcons } from '../lib/pictures/icons.ts'
import { pngResponse } from '../lib/pictures/png.ts'

export const getStaticPaths = (() =>
  pngIcons.map(icon => ({ params: { icon: icon.name }, props: { icon } }))) satisfies GetStaticPaths

export const GET: APIRoute<{ icon: PngIcon }> = ({ props: { icon } }) => pngResponse(icon.svg(), icon.size)
