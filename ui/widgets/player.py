"""A recording or a film played inside the window; where the system has no sound, it says so and the file can be saved."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QUrl
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from ui.widgets.parts import button, label

STEP_MS = 5_000
"""How far 后退 and 快进 go (milliseconds)."""


def clock(milliseconds: int) -> str:
    """Return a time within a recording: 3:07, 1:02:09."""
    seconds = milliseconds // 1000
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"


class Player(QWidget):
    """Plays bytes; nothing is written to the disk for it."""

    def __init__(self, name: str, content: bytes, *, film: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.trouble = label("", "wrong", wrap=True)
        self.trouble.hide()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("播放位置"))
        self.slider.setMinimumHeight(32)
        self.time: QLabel = label("0:00", "quiet")
        self.play = button(self.tr("播放(&P)"), self.toggle, kind="primary", icon="next", name="playFile")
        self.player = None
        try:  # the sound library is the system's: a desk without it still opens the case
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
        except ImportError:
            self._silent()
        else:
            self.player = QMediaPlayer(self)
            self.sound = QAudioOutput(self)
            self.player.setAudioOutput(self.sound)
            if film:
                from PySide6.QtMultimediaWidgets import QVideoWidget

                self.picture = QVideoWidget()
                self.picture.setMinimumSize(480, 270)
                self.picture.setAccessibleName(name)
                self.player.setVideoOutput(self.picture)
                column.addWidget(self.picture, 1)
            self.player.durationChanged.connect(self._length)
            self.player.positionChanged.connect(self._at)
            self.player.playbackStateChanged.connect(lambda _state: self._words())
            self.player.errorOccurred.connect(lambda _code, _words: self._silent())
            self.slider.sliderMoved.connect(self.player.setPosition)
            self.player.setSourceDevice(
                self._buffer, QUrl("file." + name.rpartition(".")[2])
            )  # its name stays out of logs
        column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addWidget(self.play)
        row.addWidget(button(self.tr("后退5秒"), lambda: self._step(-STEP_MS), name="playBack"))
        row.addWidget(button(self.tr("快进5秒"), lambda: self._step(STEP_MS), name="playOn"))
        row.addWidget(self.slider, 1)
        row.addWidget(self.time)
        column.addLayout(row)

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        return self.player is not None and self.player.isPlaying()

    def toggle(self) -> None:
        """播放 or 暂停."""
        if self.player is not None:
            (self.player.pause if self.playing else self.player.play)()

    def stop(self) -> None:
        """Let go of the file."""
        if self.player is not None:
            self.player.stop()
            self.player.setSource(QUrl())

    def _step(self, by: int) -> None:
        if self.player is not None:
            self.player.setPosition(max(0, min(self.player.duration(), self.player.position() + by)))

    def _length(self, milliseconds: int) -> None:
        self.slider.setRange(0, milliseconds)
        self._at(0)

    def _at(self, milliseconds: int) -> None:
        if not self.slider.isSliderDown():
            self.slider.setValue(milliseconds)
        self.time.setText(f"{clock(milliseconds)} / {clock(self.slider.maximum())}")

    def _words(self) -> None:
        self.play.setText(self.tr("暂停(&P)") if self.playing else self.tr("播放(&P)"))

    def _silent(self) -> None:
        self.trouble.setText(self.tr("本机放不了这个录音或录像；请另存后用别的程序打开。"))
        self.trouble.show()
        self.play.setEnabled(False)
