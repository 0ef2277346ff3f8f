// Builds dist/: the server, the development identity provider, and the assets with hashed names and their manifest.
// A server that runs from dist/ keeps its pages' style and scripts: nothing is taken away before the new is there, and
// assets of earlier builds stay until `npm run clean`.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { build } from 'esbuild'
import * as sass from 'sass'

const assets = 'dist/assets'

async function buildServers() {
  const shared = { bundle: true, platform: 'node', target: 'node24', format: 'esm', packages: 'external' }
  await build({ ...shared, entryPoints: ['server/index.ts'], outfile: 'dist/server/index.js' })
  await build({ ...shared, entryPoints: ['dev-idp/index.ts'], outfile: 'dist/dev-idp/index.js' })
  for await (const page of glob('server/**/*.njk')) {
    const target = join('dist', page)
    await mkdir(dirname(target), { recursive: true })
    await cp(page, target)
  }
  // Pages that are no more.
  for await (const page of glob('dist/server/**/*.njk')) if (!existsSync(page.slice('dist/'.length))) await rm(page)
}

async function writeHashed(manifest, name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`
  await writeFile(join(assets, hashed), content)
  manifest[name] = hashed
}

async function buildAssets() {
  await mkdir(assets, { recursive: true })
  const manifest = {}
  const css = sass.compile('assets/scss/pathways.scss', { style: 'compressed', loadPaths: ['.', 'node_modules'], quietDeps: true })
  await writeHashed(manifest, 'pathways.css', css.css)
  const js = await build({
    entryPoints: ['assets/js/pathways.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  await writeHashed(manifest, 'pathways.js', js.outputFiles[0].contents)
  await writeHashed(manifest, 'pathways.svg', await readFile('assets/images/pathways.svg'))
  await writeFile(join(assets, 'manifest.json.new'), JSON.stringify(manifest, null, 2))
  await rename(join(assets, 'manifest.json.new'), join(assets, 'manifest.json'))
}

await Promise.all([buildServers(), buildAssets()])
