/** Makes a photo small on the device: saves the citizen's data, and drops the position hidden in the file. */

const LONGEST_SIDE = 1_600;
const THUMBNAIL_SIDE = 320;
const QUALITY = 0.85;
const THUMBNAIL_QUALITY = 0.7;

/**
 * `{blob, name, thumbnail}` of a chosen file; `thumbnail` is a data URL. A file this browser cannot open (HEIC on
 * most) goes as it is, without thumbnail: the gateway decides about it. Null when it is no picture at all.
 */
export async function shrink(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file.type.startsWith("image/") ? { blob: file, name: file.name, thumbnail: undefined } : null;
  }
  const large = draw(bitmap, LONGEST_SIDE);
  const thumbnail = draw(bitmap, THUMBNAIL_SIDE).toDataURL("image/jpeg", THUMBNAIL_QUALITY);
  bitmap.close();
  return { blob: await toBlob(large), name: "foto.jpg", thumbnail };
}

function draw(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const toBlob = (canvas) => new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
