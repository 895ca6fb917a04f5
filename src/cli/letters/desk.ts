import { readFileSync } from "node:fs";
import { type ChannelAdapter, readChannels, wireChannels } from "../../dispatch/index.ts";
import { developmentAuthority, httpTimeStamps, openPkcs12, signPdf } from "../../signing/index.ts";
import { channelsFile, toolsOf } from "../channels-file.ts";
import { Declined, type Io } from "../io.ts";
import type { Asked } from "../options.ts";
import type { LetterPress, LetterSigner, Office } from "./office.ts";

/** The press, as the room of documents has it. */
export async function openPressOf(): Promise<{ readonly press: LetterPress; close(): Promise<void> }> {
  throw new Error("no press yet");
}

export type Reach = { readonly asked: Asked; readonly io: Io; readonly office: Office };
void readFileSync;
void readChannels;
void wireChannels;
void developmentAuthority;
void httpTimeStamps;
void openPkcs12;
void signPdf;
void channelsFile;
void toolsOf;
void Declined;
export async function signerOf(
  _office: Office,
  _asked: Asked,
  _place: string,
  _io: Io,
): Promise<LetterSigner> {
  throw new Error("no signer yet");
}
export function carriersOf(
  _asked: Asked,
  _io: Io,
  _office: Office,
): { readonly channels: readonly ChannelAdapter[]; close(): Promise<void> } {
  throw new Error("no carriers yet");
}
