// Builds dist/: the server, the development identity provider, and the assets with hashed names and their manifest.
import { createHash } from 'node:crypto'
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { build } from 'esbuild'
import * as sass from 'sass'

const assets = 'dist/assets'

async function buildServers() {
  const shared = { bundle: true, platform: 'node', target: 'node24', format: 'esm', packages: 'external' }
  await build({ ...shared, entryPoints: ['server/index.ts'], outfile: 'dist/server/index.js' })
  await build({ ...shared, entryPoints: ['dev-idp/index.ts'], outfile: 'dist/dev-idp/index.js' })
  await cp('server/views', 'dist/server/views', { recursive: true })
  for await (const page of glob('server/routes/**/*.njk')) {
    const target = join('dist', page)
    await mkdir(dirname(target), { recursive: true })
    await cp(page, target)
  }
  await cp('dev-idp/people.json', 'dist/dev-idp/people.json')
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
  await writeFile(join(assets, 'manifest.json'), JSON.stringify(manifest, null, 2))
}

await rm('dist', { recursive: true, force: true })
await Promise.all([buildServers(), buildAssets()])
