import { z } from 'zod';
import { Id, LocalDateTime, Text } from './common';

export const Role = z.enum(['desk', 'agent', 'partner-editor', 'manager', 'administrator']);
export type Role = z.infer<typeof Role>;

export const SignIn = z
  .object({ email: z.email().max(200), password: z.string().min(1).max(200) })
  .meta({ id: 'SignIn' });

export const Me = z
  .object({
    account: z.object({
      id: Id,
      name: z.string(),
      email: z.string(),
      role: Role,
      partnerId: Id.nullable(),
      agentId: Id.nullable(),
      language: z.enum(['fr', 'en']),
      hasCode: z.boolean(),
    }),
    space: z.object({ id: Id, name: z.string(), slug: z.string(), zone: z.string() }),
    /** To be sent back as the header x-palier-csrf with every write. */
    csrf: z.string(),
    /** The product's clock, as the space reads it: the screens never ask the browser's. */
    now: LocalDateTime,
    /** How far the server has heard what happens: a screen listens from there on, and misses nothing of what it shows. */
    heard: z.string(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

/** People who signed in fully on this workstation today. */
export const Colleague = z.object({ id: Id, name: z.string(), hasCode: z.boolean() }).meta({ id: 'Colleague' });
export type Colleague = z.infer<typeof Colleague>;
export const Switch = z.object({ accountId: Id, code: z.string().regex(/^\d{4,8}$/) }).meta({ id: 'Switch' });
export const SetCode = z
  .object({ code: z.string().regex(/^\d{4,8}$/), password: z.string().min(1).max(200) })
  .meta({ id: 'SetCode' });
export const ChangePassword = z
  .object({ current: z.string().min(1).max(200), password: z.string().min(12).max(200) })
  .meta({ id: 'ChangePassword' });
export const AskReset = z.object({ email: z.email().max(200) }).meta({ id: 'AskReset' });
export const UseReset = z
  .object({ token: z.string().min(20).max(200), password: z.string().min(12).max(200) })
  .meta({ id: 'UseReset' });

export const Account = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    role: Role,
    partnerId: Id.nullable(),
    agentId: Id.nullable(),
    language: z.enum(['fr', 'en']),
    disabled: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;
export const NewAccount = z
  .object({
    email: z.email().max(200),
    name: Text(120),
    role: Role,
    partnerId: Id.nullable().default(null),
    agentId: Id.nullable().default(null),
    language: z.enum(['fr', 'en']).default('fr'),
  })
  .meta({ id: 'NewAccount' });
export const AccountChange = z
  .object({
    name: Text(120),
    role: Role,
    partnerId: Id.nullable(),
    agentId: Id.nullable(),
    language: z.enum(['fr', 'en']),
    disabled: z.boolean(),
  })
  .partial()
  .meta({ id: 'AccountChange' });
/** A link the administrator hands over; it works once, for a day. */
export const ResetLink = z.object({ url: z.string(), expires: LocalDateTime }).meta({ id: 'ResetLink' });

/** The first-run page: a space, its first site and its administrator. */
export const Founding = z
  .object({
    setupCode: z.string().min(1).max(100),
    spaceName: Text(120),
    siteName: Text(120),
    siteAddress: z.string().trim().max(200).default(''),
    name: Text(120),
    email: z.email().max(200),
    password: z.string().min(12).max(200),
  })
  .meta({ id: 'Founding' });
